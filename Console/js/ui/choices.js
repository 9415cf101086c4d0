/** Lists to choose from: urgencies, departments, types, roles. */
import { h } from './dom.js';
import { t, word } from '../i18n.js';
import { LEVELS } from '../pure/urgency.js';

/** The roles that a requirement may ask for. */
export const QUORUM_ROLES = [
  'nurse',
  'doctor',
  'head_doctor',
  'pharmacist',
  'lab_technician',
  'radiologist',
  'medical_assistant',
  'operator',
];

/** @param {{value: string, text: string}[]} options @param {string|number|null} value */
export function selectOf(options, value, on = {}) {
  const control = h('select', { on }, options.map((each) => h('option', { value: each.value }, each.text)));
  control.value = String(value ?? '');
  if (control.selectedIndex < 0) control.append(h('option', { value, selected: true }, String(value)));
  return control;
}

export const urgencyOptions = () =>
  LEVELS.map((level) => ({ value: String(level), text: `${level} · ${t(`urgency.${level}`)}` }));

export const departmentOptions = (app, none) => [
  { value: '', text: none },
  ...app.lookups.departments.map(({ id, name }) => ({ value: id, text: name })),
];

export const typeOptions = (app, none) => [
  ...(none === null ? [] : [{ value: '', text: none }]),
  ...app.lookups.types.map(({ code, title }) => ({ value: code, text: title })),
];

export const roleOptions = () => QUORUM_ROLES.map((role) => ({ value: role, text: word('role', role) }));
