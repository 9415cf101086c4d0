/** The reception: the day's visits of the hospital or of one doctor, booked, moved, checked in, cancelled. */
import { h, setText } from '../ui/dom.js';
import { button, whileBusy } from '../ui/buttons.js';
import { field } from '../ui/forms.js';
import { bookingForm } from '../ui/booking-form.js';
import { checkInForm } from '../ui/check-in-form.js';
import { dayPicker } from '../ui/day-picker.js';
import { dayQueues } from '../ui/day-queues.js';
import { deskPage } from '../ui/desk-pages.js';
import { table } from '../ui/table.js';
import { runVisitAction } from '../ui/visit-actions.js';
import { openVisit } from '../ui/visit-dialog.js';
import { serviceText, spanOf, stateTag } from '../ui/visit-words.js';
import { sentenceFor } from '../ui/errors.js';
import { followVisits, redraw } from '../app/visits.js';
import { actionsOf, isOver, nextQuarter, nextStep } from '../pure/appointments.js';
import { midnight } from '../pure/week-plan.js';
import { t } from '../i18n.js';

const COUNTED = ['scheduled', 'confirmed', 'checked_in', 'in_progress', 'completed'];
const OPENS_AT = 8 * 3_600_000;

/** @param {object} app */
export function receptionView(app) {
  const zone = app.session.current?.hospital?.timeZone;
  const mayManage = app.session.can('manage_appointments');
  let gone = false;
  let turn = 0;
  let services = [];
  let doctors = [];
  let resources = [];
  let names = new Map();
  let visits = [];
  const picker = dayPicker(app, reload);
  const doctor = h('select', { on: { change: reload } }, h('option', { value: '' }, t('reception.everyDoctor')));
  const tools = h('div', { class: 'list-tools visit-tools' }, picker.element, field({
    label: t('reception.doctor'), name: 'doctorId', control: doctor,
  }));
  const counts = h('dl', { class: 'patient-numbers', hidden: true });
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const body = h('div', { class: 'record-list' }, h('p', { class: 'page-note' }, t('record.loading')));
  const side = h('div', { class: 'record-side', hidden: true });
  const add = mayManage
    && button({ label: t('reception.book'), icon: 'raise', kind: 'primary', disabled: true, on: { click: openForm } });
  const queues = dayQueues(app, {
    nameOf: (appointmentId) => names.get(visits.find(({ id }) => id === appointmentId)?.patientId)?.name ?? null,
    doctorName: (doctorId) => doctors.find(({ id }) => id === doctorId)?.name
      ?? visits.find((visit) => visit.doctorId === doctorId)?.doctorName ?? '',
  });
  const checkIn = mayManage && checkInForm(app, {
    nameOf: async (visit) => (mayName() ? (await app.api.patientNames([visit.patientId])).get(visit.patientId)?.name : null),
    done: reload,
  });
  const main = h('div', { class: 'record-main' }, add && h('div', {}, add), checkIn, tools, counts, problem, queues.element, body);
  const columns = h('div', { class: 'record-columns' }, main, side);
  const frame = deskPage(app, 'reception', columns);

  const mayName = () => app.session.can('view_patients');
  const nameOf = (visit) => names.get(visit.patientId)?.name ?? t('visit.kept');

  function say(text) {
    setText(problem, text);
    problem.hidden = !text;
  }

  function closeForm() {
    side.replaceChildren();
    side.hidden = true;
    columns.toggleAttribute('data-editing', false);
    (add || frame.heading).focus();
  }

  function openForm() {
    const opening = midnight(picker.day(), zone) + OPENS_AT;
    const form = bookingForm(app, {
      services,
      doctors,
      resources,
      start: Math.max(opening, nextQuarter(app.clock.now())),
      doctorId: doctor.value,
      isOwn: false,
      close: closeForm,
      done: async (visit, patient) => {
        closeForm();
        app.toasts.good(t('booking.booked', { name: patient.name, time: app.time.moment(visit.startsAt) }));
        await reload();
      },
    });
    side.replaceChildren(form.element);
    side.hidden = false;
    columns.toggleAttribute('data-editing', true);
    form.heading.focus({ preventScroll: true });
    form.element.scrollIntoView({ block: 'nearest' });
  }

  async function run(action, visit) {
    if (await runVisitAction(app, action, visit, nameOf(visit))) await reload();
  }

  function buttonsOf(visit) {
    const values = { name: nameOf(visit), time: app.time.minute(visit.startsAt) };
    const [first] = actionsOf(visit, app.session.can);
    const quick = first && first === nextStep(visit) && button({
      label: t(`visit.do.${first}`),
      'aria-label': t('visit.spoken', { action: t(`visit.do.${first}`), ...values }),
      dataset: { key: `next ${visit.id}` },
      on: { click: (event) => whileBusy(event.currentTarget, () => run(first, visit)) },
    });
    const more = button({
      label: t('visit.more'),
      kind: 'quiet',
      'aria-label': t('visit.moreSpoken', values),
      'aria-haspopup': 'dialog',
      dataset: { key: `more ${visit.id}` },
      on: { click: () => openVisit(app, visit, { name: nameOf(visit), services, run: (action) => run(action, visit) }) },
    });
    return h('div', { class: 'row-buttons' }, quick, more);
  }

  function row(visit) {
    const patient = names.get(visit.patientId);
    return {
      dataset: { appointmentId: visit.id, active: String(!isOver(visit)), status: visit.status },
      cells: [
        h('span', { class: 'visit-time' }, spanOf(app, visit)),
        h('span', {}, h('strong', {}, nameOf(visit)), patient && h('span', { class: 'row-note' }, patient.mrn)),
        visit.doctorName ?? '',
        serviceText(visit, services),
        stateTag(visit),
        buttonsOf(visit),
      ],
    };
  }

  function render() {
    const heads = ['time', 'patient', 'doctor', 'service', 'state'].map((key) => t(`visit.${key}`));
    redraw(body, visits.length > 0
      ? h('div', { class: 'panel' }, table({ caption: t('reception.title'), heads: [...heads, ''], rows: visits.map(row) }))
      : h('p', { class: 'page-note' }, t('reception.none')));
    counts.replaceChildren(...COUNTED.map((status) => {
      const count = visits.filter((visit) => visit.status === status).length;
      return h('div', { dataset: { count: status } }, h('dt', {}, t(`visit.status.${status}`)), h('dd', {}, String(count)));
    }));
    counts.hidden = visits.length === 0;
  }

  /** What is offered at booking is asked once; the list need not wait for it. */
  async function prepare() {
    try {
      [services, doctors, resources] = await Promise.all([
        app.api.services(), app.api.doctors(), app.api.resources({ onlyActive: true }),
      ]);
      if (gone) return;
      doctors = doctors.map((each) => ({ id: each.userId ?? each.id, name: each.name }));
      doctor.append(...doctors.map(({ id, name }) => h('option', { value: id }, name)));
      if (add) add.disabled = false;
      if (visits.length > 0) {
        render();
        queues.show();
      }
    } catch (error) {
      if (!gone) say(sentenceFor(error));
    }
  }

  async function reload() {
    const mine = (turn += 1);
    try {
      const [found] = await Promise.all([
        app.api.appointments({ ...picker.span(), doctorId: doctor.value }),
        queues.load({ date: picker.day(), doctorId: doctor.value }),
      ]);
      const known = mayName() ? await app.api.patientNames(found.map((each) => each.patientId)) : names;
      if (gone || mine !== turn) return;
      visits = found;
      names = known;
      say('');
      render();
      queues.show();
    } catch (error) {
      if (!gone && mine === turn) say(sentenceFor(error));
    }
  }

  prepare();
  reload();
  const stop = followVisits(app, reload);
  return { ...frame, keys: {}, destroy() { gone = true; stop(); } };
}
