/** Beside a visit: what the patient does not bear, what he takes, why he came, and what was noted before. */
import { h, link } from './dom.js';
import { noteList } from './visit-notes.js';
import { sentenceFor } from './errors.js';
import { serviceText } from './visit-words.js';
import { t, word } from '../i18n.js';

function allergyItem({ substance, severity, reaction, standing }) {
  const more = [word('allergy.severity', severity), reaction, standing === 'inactive' && t('allergy.inactive')];
  return h(
    'li',
    { dataset: { standing } },
    h('strong', {}, substance),
    h('span', { class: 'row-note' }, more.filter(Boolean).join(' · ')),
  );
}

const part = (title, items, none) => [
  h('h3', {}, title),
  items.length > 0 ? h('ul', { class: 'plain-list' }, items) : h('p', { class: 'page-note' }, none),
];

/** @param {object} app @param {object} visit @param {{patient: object, charted: object[], elsewhere: object[]}} known */
export function visitFacts(app, visit, { patient, charted, elsewhere }) {
  const noted = patient.allergies.filter((name) => !charted.some((each) => each.substance.toLowerCase() === name.toLowerCase()));
  const allergies = [...charted.map(allergyItem), ...noted.map((name) => h('li', {}, h('strong', {}, name)))];
  const taken = [
    ...patient.medications.map(({ name, dosage, frequency }) => [name, dosage, frequency].filter(Boolean).join(', ')),
    ...elsewhere.flatMap(({ medications }) => medications
      .map(({ name, dosage, frequency, duration }) => [name, dosage, frequency, duration].join(', '))),
  ];
  const asked = Object.entries(visit.details ?? {}).map(([name, value]) => h(
    'div',
    {},
    h('dt', {}, word('booking.q', name)),
    h('dd', { class: 'reason' }, word('booking.choice', value)),
  ));
  return h(
    'section',
    { class: 'panel visit-facts', 'aria-label': t('visitPage.patient') },
    asked.length > 0 && [h('h3', {}, t('visitPage.asked')), h('dl', { class: 'fact-list' }, asked)],
    part(t('visitPage.allergies'), allergies, t('visitPage.noAllergies')),
    part(t('visitPage.taken'), taken.map((text) => h('li', {}, text)), t('visitPage.nothingTaken')),
    h('p', {}, link(`/patients/${visit.patientId}`, {}, t('visit.record'))),
  );
}

/** One visit of before; its notes are asked for when somebody opens it, for every look is on record. */
function earlierVisit(app, visit, services) {
  const body = h('div', {}, h('p', { class: 'page-note' }, t('record.loading')));
  let asked = false;

  async function load() {
    try {
      const notes = await app.api.visitNotes(visit.id);
      body.replaceChildren(notes.length > 0
        ? noteList(app, notes, visit.doctorName ?? '')
        : h('p', { class: 'page-note' }, t('notes.none')));
    } catch (error) {
      asked = false;
      body.replaceChildren(h('p', { class: 'form-problem', role: 'alert' }, sentenceFor(error)));
    }
  }

  const opened = ({ currentTarget }) => {
    if (!currentTarget.open || asked) return;
    asked = true;
    load();
  };
  const words = [app.time.day(visit.startsAt), serviceText(visit, services), visit.doctorName].filter(Boolean).join(' · ');
  return h('details', { class: 'earlier', dataset: { appointmentId: visit.id }, on: { toggle: opened } }, h('summary', {}, words), body);
}

/** @param {object} app @param {object[]} visits the last first @param {object[]} services */
export const earlierVisits = (app, visits, services) => h(
  'section',
  { class: 'panel', 'aria-label': t('visitPage.earlier') },
  h('h2', {}, t('visitPage.earlier')),
  visits.length > 0
    ? visits.map((visit) => earlierVisit(app, visit, services))
    : h('p', { class: 'page-note' }, t('visitPage.noEarlier')),
);
