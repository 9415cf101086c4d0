/** One prescription: its drugs, what spoke against it, its code, the way to its page on paper. */
import { h, link } from './dom.js';
import { icon } from './icons.js';
import { table } from './table.js';
import { warningsOf } from '../pure/prescriptions.js';
import { calendarDay, t, word } from '../i18n.js';

const COLUMNS = ['name', 'dosage', 'frequency', 'duration', 'instructions'];

export function warningList(warnings, names) {
  return h('ul', { class: 'warnings' }, warningsOf(warnings, names).map(({ name, reason, medication }) =>
    h('li', {}, t(`prescription.warning.${reason}`, { name: name || t('prescription.drug', { number: medication + 1 }) }))));
}

function stateText({ status, dispensedAt, endedAt }, app) {
  if (dispensedAt) return t('prescription.dispensed', { time: app.time.moment(dispensedAt) });
  if (status === 'active') return word('prescription.status', status);
  return `${word('prescription.status', status)}, ${app.time.moment(endedAt)}`;
}

/**
 * @param {object} app @param {object} prescription
 * @param {{path?: string, before?: Node, tools?: Node[]}} options the address of its page; what stands above the drugs; what
 *   can be done with it
 */
export function prescriptionCard(app, prescription, { path, before = null, tools = [] }) {
  const { id, status, medications, instructions, followUpDate, warnings, overrideReason, verificationCode } = prescription;
  const drugs = medications.map((drug) => ({ cells: COLUMNS.map((name) => drug[name] ?? '') }));
  const facts = [
    [t('prescription.instructions'), instructions],
    [t('prescription.followUp'), followUpDate && calendarDay(followUpDate)],
    [t('prescription.override'), overrideReason],
    [t('prescription.code'), h('span', { class: 'verification-code' }, verificationCode)],
  ].filter(([, value]) => value);
  return h(
    'article',
    { class: 'prescription', dataset: { prescriptionId: id, status }, 'aria-label': t('prescription.one') },
    h('p', { class: 'prescription-head' }, h('span', { class: 'tag' }, stateText(prescription, app)), ' ', h(
      'span',
      { class: 'row-note' },
      t('prescription.by', { name: prescription.doctorName, time: app.time.moment(prescription.createdAt) }),
    )),
    before,
    table({ caption: t('prescription.drugs'), heads: COLUMNS.map((name) => t(`prescription.${name}`)), rows: drugs }),
    warnings.length > 0 && warningList(warnings, medications.map(({ name }) => name)),
    h('dl', { class: 'fact-list' }, facts.map(([term, value]) => h('div', {}, h('dt', {}, term), h('dd', {}, value)))),
    h(
      'div',
      { class: 'row-buttons' },
      path && link(path, { class: 'button button-plain' }, icon('print'), h('span', {}, t('prescription.page'))),
      tools,
    ),
  );
}
