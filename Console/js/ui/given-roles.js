/** Which roles the person who is here may give: asked once, for every form that gives one. */
import { selectOf } from './choices.js';
import { word } from '../i18n.js';

/** @param {object[]} roles the table of roles @param {string|null} [value] chosen at first, and offered in any case */
export function roleSelect(roles, value = null, { none } = {}) {
  const given = roles.filter(({ isMineToGive }) => isMineToGive).map(({ role }) => role);
  const names = value && !given.includes(value) ? [value, ...given] : given;
  const options = names.map((role) => ({ value: role, text: word('role', role) }));
  return selectOf(none ? [{ value: '', text: none }, ...options] : options, value ?? (none ? '' : usual(given)));
}

/** Whom one mostly asks in. */
const usual = (given) => (given.includes('nurse') ? 'nurse' : given[0] ?? '');
