/** Several of a list, as boxes under one legend. */
import { h, freshId } from './dom.js';

/**
 * @param {{name: string, legend: string, hint?: string, options: {value: string, text: string}[], chosen: string[],
 *   missing?: string, look?: string}} options `missing`: what is said when none is chosen; `look`: a class of its own
 */
export function checksField({ name, legend, hint, options, chosen, missing, look = 'checks' }) {
  const id = freshId(name);
  const boxes = options.map(({ value }) => h('input', { type: 'checkbox', value, checked: chosen.includes(value) }));
  const error = h('p', { class: 'field-error', id: `${id}-error`, hidden: true });
  const row = h(
    'fieldset',
    { class: 'field', dataset: { field: name }, 'aria-describedby': error.id },
    h('legend', { class: 'field-label' }, legend),
    hint && h('p', { class: 'field-hint' }, hint),
    h('div', { class: look }, boxes.map((box, index) =>
      h('label', { class: 'check' }, box, h('span', {}, options[index].text)))),
    error,
  );
  row.read = () => boxes.filter((box) => box.checked).map((box) => box.value);
  row.setError = (text) => {
    error.textContent = text ?? '';
    error.hidden = !text;
    row.classList.toggle('field-bad', Boolean(text));
  };
  row.focusControl = () => boxes[0]?.focus();
  row.problems = () => (missing && row.read().length === 0 ? [{ path: name, message: missing }] : []);
  return row;
}
