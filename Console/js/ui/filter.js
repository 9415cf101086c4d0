/** The department filter of the board. Alerts without a department concern everybody and always pass. */
import { h } from './dom.js';
import { t } from '../i18n.js';
import { readPref, writePref } from '../app/prefs.js';

export const readFilter = () => readPref('department', { lasting: false }) ?? '';

/** @param {string} departmentId empty for all */
export const passes = (departmentId) => (alert) =>
  departmentId === '' || !alert.departmentId || alert.departmentId === departmentId;

/** @param {object} app @param {(departmentId: string) => void} onChange */
export function filterControl(app, onChange) {
  const select = h('select', { class: 'filter-select', id: 'filter', on: { change: chosen } });

  function chosen() {
    writePref('department', select.value || null, { lasting: false });
    onChange(select.value);
  }

  function fill() {
    const value = readFilter();
    const options = app.lookups.departments.map(({ id, name }) => h('option', { value: id }, name));
    select.replaceChildren(h('option', { value: '' }, t('board.allDepartments')), ...options);
    select.value = value;
    if (select.value !== value && app.lookups.departments.length > 0) {
      select.value = '';
      chosen();
    }
  }

  fill();
  const element = h(
    'div',
    { class: 'filter' },
    h('label', { for: 'filter', class: 'filter-label' }, t('board.department')),
    select,
  );
  return { element, fill, focus: () => select.focus() };
}
