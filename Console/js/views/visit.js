/** One visit, for its doctor: what to know of the patient, what was noted, what is prescribed. The title names nobody. */
import { h, link, setText } from '../ui/dom.js';
import { button, whileBusy } from '../ui/buttons.js';
import { icon } from '../ui/icons.js';
import { breakGlass } from '../ui/break-glass.js';
import { runVisitAction } from '../ui/visit-actions.js';
import { visitNotes } from '../ui/visit-notes.js';
import { earlierVisits, visitFacts } from '../ui/visit-patient.js';
import { visitPrescriptions } from '../ui/visit-prescriptions.js';
import { serviceText, spanOf, stateTag } from '../ui/visit-words.js';
import { sentenceFor } from '../ui/errors.js';
import { personLine } from './patient.js';
import { followVisit } from '../app/visits.js';
import { actionsOf, nextStep } from '../pure/appointments.js';
import { mayWrite, takenElsewhere, visitsBefore } from '../pure/prescriptions.js';
import { t } from '../i18n.js';

const MOST_EARLIER = 10;
const isKept = (error) => error.status === 403 && error.details.isKept === true;

/** @param {object} app @param {{id: string}} params */
export function visitView(app, { id }) {
  const me = app.session.current?.user.id;
  let gone = false;
  let turn = 0;
  let services = [];
  let visit = null;
  let known = '';
  const heading = h('h1', { tabindex: '-1', class: 'page-title' }, t('visitPage.title'));
  const line = h('p', { class: 'patient-line' });
  const marks = h('div', { class: 'flags' });
  const state = h('div', { class: 'visit-state-line' });
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const notes = visitNotes(app, { changed: () => reload() });
  const prescriptions = visitPrescriptions(app, { changed: () => reload() });
  const facts = h('div', {});
  const earlier = h('div', {});
  const body = h('div', { class: 'patient-columns visit-columns', hidden: true },
    h('div', { class: 'stack' }, notes.element, prescriptions.element), h('div', { class: 'stack' }, facts, earlier));
  const closed = h('div', { hidden: true });
  const loading = h('p', { class: 'page-note' }, t('record.loading'));
  const element = h(
    'div',
    { class: 'page visit-page' },
    link('/my-day', { class: 'back' }, icon('back'), t('visitPage.back')),
    h('header', { class: 'patient-head' }, heading, line, marks, state),
    problem,
    loading,
    closed,
    body,
  );

  function say(text) {
    setText(problem, text);
    problem.hidden = !text;
  }

  async function run(action) {
    if (await runVisitAction(app, action, visit, heading.textContent)) await reload();
  }

  function showState() {
    const focused = state.contains(document.activeElement);
    const next = actionsOf(visit, app.session.can)[0];
    const step = next && next === nextStep(visit) && button({
      label: t(`visit.do.${next}`),
      kind: 'primary',
      on: { click: (event) => whileBusy(event.currentTarget, () => run(next)) },
    });
    state.replaceChildren(
      stateTag(visit),
      h('span', {}, [app.time.day(visit.startsAt), spanOf(app, visit), serviceText(visit, services)].join(' · ')),
      ...(step ? [step] : []),
    );
    if (focused) (step || heading).focus();
  }

  function showPatient(patient, charted) {
    setText(heading, patient.name);
    setText(line, personLine(app, patient));
    const bad = [...new Set([
      ...charted.filter(({ standing }) => standing !== 'inactive').map(({ substance }) => substance), ...patient.allergies,
    ])];
    marks.replaceChildren(...(bad.length > 0
      ? [h('span', { class: 'flag', dataset: { flag: 'allergyAlert' } }, t('patient.allergic', { list: bad.join(', ') }))]
      : []));
  }

  function show(patient, charted, written, prescribed, others) {
    const may = mayWrite(visit, me);
    showPatient(patient, charted);
    showState();
    notes.show(visit, written, may.notes);
    prescriptions.show(visit, prescribed.filter(({ appointmentId }) => appointmentId === id), may.prescriptions);
    const elsewhere = takenElsewhere(prescribed, id);
    const before = visitsBefore(others, visit, MOST_EARLIER);
    const key = JSON.stringify([patient.allergies, patient.medications, charted, elsewhere, before.map((each) => each.id), visit.details]);
    if (key !== known) {
      known = key;
      facts.replaceChildren(visitFacts(app, visit, { patient, charted, elsewhere }));
      earlier.replaceChildren(earlierVisits(app, before, services));
    }
    loading.hidden = closed.hidden = true;
    body.hidden = false;
  }

  /** A record that is kept to its department is opened as everywhere, and the visit is shown then. */
  function showKept() {
    if (!closed.hidden) return;
    setText(heading, t('kept.title'));
    closed.replaceChildren(breakGlass(app, visit.patientId, () => {
      closed.hidden = true;
      reload();
    }));
    loading.hidden = body.hidden = true;
    closed.hidden = false;
  }

  async function reload() {
    const mine = (turn += 1);
    const isOld = () => gone || mine !== turn;
    try {
      const [now, offered] = await Promise.all([app.api.appointment(id), services.length > 0 ? services : app.api.services()]);
      if (isOld()) return;
      [visit, services] = [now, offered];
      const { patientId } = now;
      const found = await Promise.all([
        app.api.patient(patientId), app.api.allergies(patientId), app.api.visitNotes(id), app.api.prescriptions(patientId),
        app.api.appointments({ patientId, status: 'completed', to: now.startsAt }),
      ]);
      if (isOld()) return;
      say('');
      show(...found);
    } catch (error) {
      if (isOld()) return;
      loading.hidden = true;
      if (isKept(error)) showKept();
      else say(error.status === 404 ? t('visitPage.missing') : sentenceFor(error));
    }
  }

  reload();
  const stop = followVisit(app, id, reload);
  return { title: t('visitPage.title'), element, heading, keys: {}, destroy() { gone = true; stop(); } };
}
