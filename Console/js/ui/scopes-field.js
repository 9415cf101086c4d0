/** What a key may do: some of one's own rights. */
import { checksField } from './checks-field.js';
import { t, word } from '../i18n.js';

/** @param {string[]} permissions @returns {HTMLElement} with `read()` and what a field of a form has */
export function scopesField(permissions) {
  return checksField({
    name: 'scopes',
    legend: t('keys.scopes'),
    options: permissions.map((value) => ({ value, text: word('permission', value) })),
    chosen: [],
    missing: t('keys.scopesMissing'),
    look: 'scopes',
  });
}
