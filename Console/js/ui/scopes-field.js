/** What a key may do: some of one's own rights. */
import { h } from './dom.js';
import { t, word } from '../i18n.js';

/** @param {string[]} permissions @returns {HTMLElement} with `read()` and what a field of a form has */
export function scopesField(permissions) {
  const boxes = permissions.map((permission) => h('input', { type: 'checkbox', value: permission }));
  const error = h('p', { class: 'field-error', id: 'scopes-error', hidden: true });
  const row = h(
    'fieldset',
    { class: 'field', dataset: { field: 'scopes' }, 'aria-describedby': error.id },
    h('legend', { class: 'field-label' }, t('keys.scopes')),
    h('div', { class: 'scopes' }, boxes.map((box) =>
      h('label', { class: 'check' }, box, h('span', {}, word('permission', box.value))))),
    error,
  );
  row.read = () => boxes.filter((box) => box.checked).map((box) => box.value);
  row.setError = (text) => {
    error.textContent = text ?? '';
    error.hidden = !text;
    row.classList.toggle('field-bad', Boolean(text));
  };
  row.focusControl = () => boxes[0]?.focus();
  row.problems = () => (row.read().length > 0 ? [] : [{ path: 'scopes', message: t('keys.scopesMissing') }]);
  return row;
}
