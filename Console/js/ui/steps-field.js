/** The steps of a ladder: one line each, with the tier that is called then; lines can be added and taken away. */
import { h, freshId, setText } from './dom.js';
import { button } from './buttons.js';
import { icon } from './icons.js';
import { tierName } from './alert-words.js';
import { t } from '../i18n.js';
import { MOST_STEPS, nextStep, readSeconds, stepsProblem, writeSeconds } from '../pure/steps.js';

/** After the n-th step tier n + 1 is called; from the fourth tier on it is the administrators. */
const groupOf = (index) => tierName(Math.min(index + 2, 4));

/** @param {number[]} seconds @param {() => void} onChange */
export function stepsField(seconds, onChange) {
  const id = freshId('steps');
  const lines = h('ol', { class: 'steps' });
  const error = h('p', { class: 'field-error', id: `${id}-error`, hidden: true });
  const add = button({ label: t('ladders.addStep'), icon: 'raise', on: { click: addStep } });
  const row = h(
    'fieldset',
    { class: 'field', dataset: { field: 'stepSeconds' }, 'aria-describedby': `${id}-hint ${id}-error` },
    h('legend', { class: 'field-label' }, t('ladders.steps')),
    h('p', { class: 'field-hint', id: `${id}-hint` }, t('ladders.stepsHint')),
    lines,
    error,
    h('div', {}, add),
  );

  const inputs = () => [...lines.querySelectorAll('input')];
  const read = () => inputs().map((input) => readSeconds(input.value));

  function line(value) {
    const input = h('input', {
      type: 'text',
      inputmode: 'numeric',
      autocomplete: 'off',
      class: 'step-input',
      value: writeSeconds(value),
      on: { input: changed, change: () => tidy(input) },
    });
    const drop = h(
      'button',
      { type: 'button', class: 'dialog-close', on: { click: () => dropLine(element) } },
      icon('cross'),
    );
    const element = h('li', { class: 'step' }, input, h('span', { class: 'step-tier' }), drop);
    return element;
  }

  function tidy(input) {
    const value = readSeconds(input.value);
    if (Number.isFinite(value)) input.value = writeSeconds(value);
  }

  function number() {
    for (const [index, element] of [...lines.children].entries()) {
      const [input, tier, drop] = element.children;
      input.setAttribute('aria-label', t('ladders.step', { number: index + 1 }));
      setText(tier, t('ladders.stepCalls', { tier: groupOf(index) }));
      drop.setAttribute('aria-label', t('ladders.dropStep', { number: index + 1 }));
    }
    add.hidden = lines.children.length >= MOST_STEPS;
  }

  function changed() {
    number();
    onChange();
  }

  function addStep() {
    lines.append(line(nextStep(read().filter(Number.isFinite))));
    changed();
    inputs().at(-1).focus();
  }

  function dropLine(element) {
    element.remove();
    changed();
    (inputs().at(-1) ?? add).focus();
  }

  lines.append(...seconds.map(line));
  number();
  row.read = read;
  row.problem = () => stepsProblem(read());
  row.setError = (text) => {
    setText(error, text ?? '');
    error.hidden = !text;
    row.classList.toggle('field-bad', Boolean(text));
    const bad = text ? row.problem()?.index ?? -1 : -1;
    for (const [index, input] of inputs().entries()) input.setAttribute('aria-invalid', String(index === bad));
  };
  row.focusControl = () => (inputs()[row.problem()?.index ?? 0] ?? add).focus();
  return row;
}
