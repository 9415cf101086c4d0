/** Form fields with label, hint and error, wired together for screen readers. */
import { h, freshId, setText } from './dom.js';
import { t } from '../i18n.js';

/**
 * @param {{label: string, name: string, hint?: string, optional?: boolean, control: HTMLElement}} options
 * @returns {HTMLElement} with `setError(text|null)` and `focusControl()`
 */
export function field({ label, name, hint, optional = false, control }) {
  const id = freshId(name);
  control.id = id;
  control.setAttribute('name', name);
  const error = h('p', { class: 'field-error', id: `${id}-error`, hidden: true });
  const help = hint ? h('p', { class: 'field-hint', id: `${id}-hint` }, hint) : null;
  const described = [help && `${id}-hint`, `${id}-error`].filter(Boolean).join(' ');
  control.setAttribute('aria-describedby', described);
  const optionalMark = optional && h('span', { class: 'field-optional' }, t('common.optional'));
  const row = h('div', { class: 'field', dataset: { field: name } });
  row.append(
    h('label', { for: id, class: 'field-label' }, label, optionalMark),
    ...[help, control, error].filter(Boolean),
  );
  return withError(row, error, control);
}

/** A group of radio buttons under one legend. @param {{options: {value: string, content: Node[]}[]}} options */
export function radioGroup({ legend, name, options, value, className, hint }) {
  const id = freshId(name);
  const error = h('p', { class: 'field-error', id: `${id}-error`, hidden: true });
  const choices = options.map((option) => {
    const input = h('input', { type: 'radio', name: id, value: option.value, checked: option.value === value });
    return h(
      'label',
      { class: 'choice', dataset: option.dataset ?? {} },
      input,
      h('span', { class: 'choice-face' }, option.content),
    );
  });
  const group = h(
    'fieldset',
    { class: `field ${className ?? ''}`, dataset: { field: name }, 'aria-describedby': `${id}-error` },
    h('legend', { class: 'field-label' }, legend),
    hint && h('p', { class: 'field-hint' }, hint),
    h('div', { class: 'choices' }, choices),
    error,
  );
  withError(group, error, group.querySelector('input'));
  group.read = () => group.querySelector('input:checked')?.value ?? null;
  group.write = (next) => {
    for (const input of group.querySelectorAll('input')) input.checked = input.value === String(next);
  };
  return group;
}

function withError(row, error, control) {
  row.setError = (text) => {
    setText(error, text ?? '');
    error.hidden = !text;
    row.classList.toggle('field-bad', Boolean(text));
    if (control) control.setAttribute('aria-invalid', text ? 'true' : 'false');
  };
  row.focusControl = () => control?.focus();
  // What was said of the old value does not stand under a new one.
  row.addEventListener('input', () => {
    if (row.classList.contains('field-bad')) row.setError(null);
  });
  return row;
}

/**
 * Shows the server's list of bad fields at the fields and moves the focus to the first of them.
 * @param {HTMLElement[]} rows @param {{path: string, message: string}[]} errors
 * @returns {string[]} the messages for which there is no field
 */
export function showFieldErrors(rows, errors) {
  const left = [];
  const byName = new Map(rows.map((row) => [row.dataset.field, row]));
  for (const row of rows) row.setError(null);
  for (const { path, message } of errors) {
    const name = String(path ?? '').replace(/^\$?[./]?(?:body[./])?/, '').split(/[./[]/)[0];
    const row = byName.get(name);
    if (row) row.setError(message);
    else left.push(path ? `${path}: ${message}` : message);
  }
  rows.find((row) => row.classList.contains('field-bad'))?.focusControl();
  return left;
}
