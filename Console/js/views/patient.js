/** One patient's record. Its address holds an id and nothing else; the window's title names nobody. */
import { h, link } from '../ui/dom.js';
import { button } from '../ui/buttons.js';
import { icon } from '../ui/icons.js';
import { breakGlass } from '../ui/break-glass.js';
import { careTeam } from '../ui/care-team.js';
import { askDischarge } from '../ui/discharge-dialog.js';
import { foldedAccessLog } from '../ui/access-log.js';
import { flagMarks, placeOf } from '../ui/patient-flags.js';
import { patientFacts } from '../ui/patient-facts.js';
import { patientForm } from '../ui/patient-form.js';
import { vitalsPanel } from '../ui/vitals-panel.js';
import { sentenceFor } from '../ui/errors.js';
import { ageOn } from '../pure/patient-record.js';
import { wallTime } from '../pure/zoned-time.js';
import { calendarDay, plural, t } from '../i18n.js';

const isKept = (error) => error.status === 403 && error.details.isKept === true;

/** What stands beside the name: who this is, and where. @param {object} app @param {object} patient */
export function personLine(app, patient) {
  const today = wallTime(app.clock.now(), app.session.current?.hospital?.timeZone).slice(0, 10);
  const born = patient.dateOfBirth;
  return [
    patient.mrn,
    born && `${calendarDay(born)} (${plural('patient.age', ageOn(today, born))})`,
    patient.gender === 'unknown' ? '' : t(`gender.${patient.gender}`),
    placeOf(app, patient),
  ].filter((part) => part && part !== '–').join(' · ');
}

/** @param {object} app @param {{id: string}} params */
export function patientView(app, { id }) {
  let gone = false;
  let vitals = null;
  const heading = h('h1', { tabindex: '-1', class: 'page-title' }, t('patient.title'));
  const line = h('p', { class: 'patient-line' });
  const marks = h('div', { class: 'flags' });
  const body = h('div', {}, h('p', { class: 'page-note' }, t('record.loading')));
  const back = link('/patients', { class: 'back' }, icon('back'), t('patient.back'));
  const element = h('div', { class: 'page patient' }, back, h('header', { class: 'patient-head' }, heading, line, marks), body);

  function head(patient) {
    heading.textContent = patient.name;
    line.textContent = personLine(app, patient);
    const allergies = patient.allergies.length > 0
      ? h('span', { class: 'flag', dataset: { flag: 'allergyAlert' } },
        t('patient.allergic', { list: patient.allergies.join(', ') }))
      : null;
    const marked = flagMarks(allergies ? { ...patient.flags, allergyAlert: false } : patient.flags);
    const left = patient.status === 'discharged' ? h('span', { class: 'tag' }, t('patients.status.discharged')) : null;
    marks.replaceChildren(...[left, allergies, ...marked].filter(Boolean));
  }

  function actions(patient) {
    const may = app.session.can('manage_patients');
    if (!may) return null;
    const edit = button({ label: t('patient.edit'), on: { click: () => showForm(patient) } });
    const leave = patient.status === 'active'
      && button({ label: t('discharge.submit'), kind: 'danger', on: { click: () => discharge(patient) } });
    return h('div', { class: 'row-buttons' }, edit, leave);
  }

  async function discharge(patient) {
    if (!await askDischarge(app, patient)) return;
    app.toasts.good(t('discharge.done'));
    await load();
    heading.focus();
  }

  function showForm(patient) {
    vitals?.destroy();
    const form = patientForm(app, patient, {
      close: () => load({ focus: true }),
      again: async () => {
        await load();
        if (current) showForm(current);
      },
      done: async () => {
        app.toasts.good(t('patient.saved'));
        await load({ focus: true });
      },
    });
    body.replaceChildren(form.element);
    form.heading.focus({ preventScroll: true });
    form.element.scrollIntoView({ block: 'nearest' });
  }

  function show(patient) {
    head(patient);
    vitals?.destroy();
    const isHere = patient.status === 'active';
    vitals = vitalsPanel(app, {
      load: (range) => app.api.vitals(id, range),
      current: () => app.api.currentVitals(id),
      recordFor: isHere && app.session.can('record_vitals') ? id : null,
    });
    const team = careTeam(app, patient, { mayChange: isHere && app.session.can('manage_patients') });
    const log = app.session.can('view_audit_logs') ? foldedAccessLog(app, (page) => app.api.accessLog(id, page)) : null;
    if (log) {
      log.hidden = true; // stands below the vital signs, and would move under the finger when they come
      vitals.ready.then(() => (log.hidden = false));
    }
    body.replaceChildren(
      h(
        'div',
        { class: 'patient-columns' },
        h('div', { class: 'stack' }, vitals.element, log),
        h('div', { class: 'stack' }, patientFacts(app, patient, actions(patient)), team),
      ),
    );
  }

  let current = null;
  async function load({ focus = false } = {}) {
    try {
      current = await app.api.patient(id);
      if (gone) return;
      show(current);
      if (focus) heading.focus();
    } catch (error) {
      if (gone) return;
      current = null;
      if (isKept(error)) {
        heading.textContent = t('kept.title');
        body.replaceChildren(breakGlass(app, id, () => load({ focus: true })));
      } else if (error.status === 404) {
        body.replaceChildren(h('p', {}, t('patient.missing')));
      } else body.replaceChildren(h('p', { class: 'form-problem', role: 'alert' }, sentenceFor(error)));
    }
  }

  const stop = app.lookups.on(() => current && (line.textContent = personLine(app, current)));
  load();
  return {
    title: t('patient.title'),
    element,
    heading,
    keys: {},
    destroy() {
      gone = true;
      vitals?.destroy();
      stop();
    },
  };
}
