/** What stands in a record, in parts; what is not known is left out. */
import { h } from './dom.js';
import { placeOf } from './patient-flags.js';
import { calendarDay, t } from '../i18n.js';

function facts(pairs) {
  const known = pairs.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return h('dl', { class: 'fact-list' }, known.map(([key, value]) => h(
    'div',
    {},
    h('dt', {}, t(`patient.${key}`)),
    h('dd', {}, value),
  )));
}

const list = (items) => (items.length > 0 ? h('ul', { class: 'plain-list' }, items.map((item) => h('li', {}, item))) : '');

function medications(all) {
  return list(all.map(({ name, dosage, frequency }) => `${name}, ${dosage}, ${frequency}`));
}

function contactOf(contact) {
  if (!contact) return '';
  return `${contact.name} (${contact.relationship}), ${contact.phone}`;
}

/** @param {object} app @param {object} patient @param {Node} [tools] what can be done with the record */
export function patientFacts(app, patient, tools) {
  const clinical = facts([
    ['primaryDiagnosis', patient.primaryDiagnosis],
    ['secondaryDiagnoses', list(patient.secondaryDiagnoses)],
    ['allergies', list(patient.allergies)],
    ['medications', medications(patient.medications)],
    ['bloodType', patient.bloodType?.replace('-', '−')],
    ['notes', patient.notes],
    ['dischargeDiagnosis', patient.dischargeDiagnosis],
    ['dischargeNotes', patient.dischargeNotes],
  ]);
  const person = facts([
    ['name', patient.name],
    ['mrn', patient.mrn],
    ['dateOfBirth', patient.dateOfBirth && calendarDay(patient.dateOfBirth)],
    ['gender', t(`gender.${patient.gender}`)],
    ['place', placeOf(app, patient)],
    ['admitted', app.time.moment(patient.admittedAt)],
    ['discharged', patient.dischargedAt && app.time.moment(patient.dischargedAt)],
    ['phone', patient.phone],
    ['email', patient.email],
    ['address', patient.address],
    ['nationalId', patient.nationalId],
    ['emergencyContact', contactOf(patient.emergencyContact)],
  ]);
  return h(
    'section',
    { class: 'panel patient-facts' },
    h('div', { class: 'panel-head' }, h('h2', {}, t('patient.clinical')), tools),
    clinical.children.length > 0 ? clinical : h('p', { class: 'page-note' }, t('patient.nothing')),
    h('h2', {}, t('patient.person')),
    person,
  );
}
