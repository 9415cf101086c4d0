/** Who has to come: a list of requirements, each with a number, a role and a name of its own. */
import { h, freshId } from './dom.js';
import { button } from './buttons.js';
import { icon } from './icons.js';
import { roleOptions, selectOf } from './choices.js';
import { t, word } from '../i18n.js';

const MOST = 10;
const MOST_PEOPLE = 20;

const isCount = ({ count }) => Number.isInteger(count) && count >= 1 && count <= MOST_PEOPLE;

/** @param {object[]|null} quorum */
export function quorumEditor(quorum) {
  const id = freshId('quorum');
  const lines = h('ul', { class: 'asked-list' });
  const error = h('p', { class: 'field-error', id: `${id}-error`, hidden: true });
  const add = button({ label: t('alertTypes.addAsked'), icon: 'raise', on: { click: addLine } });
  const row = h(
    'fieldset',
    { class: 'field', dataset: { field: 'quorum' }, 'aria-describedby': `${id}-hint ${id}-error` },
    h('legend', { class: 'field-label' }, t('alertTypes.quorum')),
    h('p', { class: 'field-hint', id: `${id}-hint` }, t('alertTypes.quorumHint')),
    lines,
    error,
    h('div', {}, add),
  );

  const labelled = (key, control) =>
    h('label', { class: 'asked-part' }, h('span', {}, t(`alertTypes.${key}`)), control);

  function line(asked) {
    const count = h('input', { type: 'number', min: 1, max: MOST_PEOPLE, value: String(asked.count) });
    const role = selectOf(roleOptions(), asked.role, { change: rename });
    const text = (value, longest) => h('input', { type: 'text', maxlength: longest, autocomplete: 'off', value });
    const label = text(asked.label, 50);
    const special = text(asked.specialization ?? '', 100);
    const drop = h(
      'button',
      { type: 'button', class: 'dialog-close', 'aria-label': t('alertTypes.dropAsked'), on: { click: dropLine } },
      icon('cross'),
    );
    const element = h(
      'li',
      { class: 'asked' },
      labelled('count', count),
      labelled('role', role),
      labelled('label', label),
      labelled('specialization', special),
      drop,
    );
    let roleBefore = asked.role;

    /** The label follows the role until somebody has given it a name of its own. */
    function rename() {
      if (label.value === '' || label.value === word('role', roleBefore)) label.value = word('role', role.value);
      roleBefore = role.value;
    }

    function dropLine() {
      element.remove();
      add.hidden = false;
      (lines.querySelector('input') ?? add).focus();
    }

    element.read = () => ({
      label: label.value.trim() || word('role', role.value),
      role: role.value,
      ...(special.value.trim() ? { specialization: special.value.trim() } : {}),
      count: Number(count.value),
    });
    element.first = count;
    element.mark = () => count.setAttribute('aria-invalid', String(!isCount(element.read())));
    return element;
  }

  function addLine() {
    const element = line({ count: 1, role: 'nurse', label: word('role', 'nurse'), specialization: null });
    lines.append(element);
    add.hidden = lines.children.length >= MOST;
    element.first.focus();
  }

  lines.append(...(quorum ?? []).map(line));
  add.hidden = lines.children.length >= MOST;
  row.read = () => [...lines.children].map((element) => element.read());
  row.isWrong = () => row.read().some((asked) => !isCount(asked));
  row.setError = (text) => {
    error.textContent = text ?? '';
    error.hidden = !text;
    row.classList.toggle('field-bad', Boolean(text));
    for (const element of lines.children) element.mark();
  };
  row.focusControl = () => {
    const bad = lines.querySelector('[aria-invalid="true"]');
    (bad ?? lines.querySelector('input') ?? add).focus();
  };
  return row;
}
