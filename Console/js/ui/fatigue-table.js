/** Alarm fatigue per department and shift. Bars only repeat what the figure beside them says. */
import { h } from './dom.js';
import { plural, t } from '../i18n.js';
import { barLength, byDepartment, hours, mostOf, rate, share, totalOf } from '../pure/figures.js';
import { writeSeconds } from '../pure/steps.js';

const COLUMNS = [
  'shift', 'interruptions', 'staffHours', 'perHour', 'alerts', 'actedOn', 'merged', 'acknowledgeP50', 'acknowledgeP95',
];

/** A figure with a bar under it. @param {string} text @param {number} length in per cent */
export function barCell(text, length) {
  const bar = h('span', { class: 'figure-bar', 'aria-hidden': true }, h('span', { class: 'figure-bar-on' }));
  bar.firstElementChild.style.setProperty('--length', `${length.toFixed(1)}%`);
  return h('td', { class: 'figure' }, h('span', {}, text), bar);
}

const seconds = (value) => (Number.isFinite(value) ? writeSeconds(Math.round(value)) : '–');
const plain = (text) => h('td', { class: 'figure' }, text);

/** @param {object} app */
export function fatigueTable(app) {
  const body = h('div', { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': t('fatigue.title') });
  const element = h(
    'section',
    { class: 'panel' },
    h('h2', {}, t('fatigue.title')),
    h('p', { class: 'page-note' }, t('fatigue.note')),
    body,
  );

  function cells(row, most) {
    return [
      barCell(String(row.interruptions), barLength(row.interruptions, most.interruptions)),
      plain(hours(row.staffHours)),
      barCell(rate(row.interruptionsPerStaffHour), barLength(row.interruptionsPerStaffHour, most.perHour)),
      plain(String(row.alerts)),
      barCell(share(row.shareActedOn), barLength(row.shareActedOn, 1)),
      plain(String(row.repeatsMerged)),
      plain(seconds(row.acknowledgeP50Seconds)),
      plain(seconds(row.acknowledgeP95Seconds)),
    ];
  }

  function group({ name, departmentId, rows }, most) {
    const title = name ?? (departmentId ? app.lookups.departmentName(departmentId) : t('figures.noDepartment'));
    const heading = h('tr', { class: 'figure-group' }, h('th', { scope: 'rowgroup', colspan: COLUMNS.length }, title));
    const shifts = rows.map((row) => h(
      'tr',
      { dataset: { shift: row.shift } },
      h('th', { scope: 'row' }, t(`fatigue.shift.${row.shift}`)),
      cells(row, most),
    ));
    return h('tbody', {}, heading, shifts);
  }

  return {
    element,
    /** @param {object[]} rows */
    show(rows) {
      if (rows.length === 0) return body.replaceChildren(h('p', { class: 'page-note' }, t('figures.none')));
      const most = {
        interruptions: mostOf(rows, 'interruptions'),
        perHour: mostOf(rows, 'interruptionsPerStaffHour'),
      };
      const groups = byDepartment(rows);
      const total = totalOf(rows);
      body.replaceChildren(h(
        'table',
        { class: 'table figures-table' },
        h('caption', { class: 'spoken' }, plural('fatigue.caption', groups.length)),
        h('thead', {}, h('tr', {}, COLUMNS.map((key) => h('th', { scope: 'col' }, t(`fatigue.${key}`))))),
        groups.map((each) => group(each, most)),
        h('tfoot', {}, h('tr', {}, h('th', { scope: 'row' }, t('fatigue.total')), cells(total, most))),
      ));
    },
  };
}
