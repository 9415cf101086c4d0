/** A patient's own appointments: what is coming, what was; booked and cancelled here. */
import { h, setText } from '../ui/dom.js';
import { button } from '../ui/buttons.js';
import { field, showFieldErrors } from '../ui/forms.js';
import { formDialog } from '../ui/dialog.js';
import { bookingForm } from '../ui/booking-form.js';
import { deskPage } from '../ui/desk-pages.js';
import { ownCodeButton } from '../ui/own-code.js';
import { ownPrescriptions } from '../ui/own-prescriptions.js';
import { createJoin } from '../ui/join-visit.js';
import { rateButton } from '../ui/rate-visit.js';
import { createVisitMoney } from '../ui/visit-money.js';
import { serviceText, stateTag } from '../ui/visit-words.js';
import { sentenceFor } from '../ui/errors.js';
import { followVisits, redraw } from '../app/visits.js';
import { newKey } from '../net/keys.js';
import { aheadAndPast, nextQuarter } from '../pure/appointments.js';
import { t } from '../i18n.js';

const HOUR = 3_600_000;
const CANCELLABLE = new Set(['held', 'scheduled', 'confirmed']);

/** @param {object} app */
export function myAppointmentsView(app) {
  let gone = false;
  let turn = 0;
  let services = [];
  let doctors = [];
  const join = createJoin(app);
  const money = createVisitMoney(app, reload);
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const body = h('div', { class: 'stack' }, h('p', { class: 'page-note' }, t('record.loading')));
  const side = h('div', { class: 'record-side', hidden: true });
  const add = button({
    label: t('myAppointments.book'), icon: 'raise', kind: 'primary', disabled: true, on: { click: openForm },
  });
  const frame = deskPage(app, 'myAppointments', h('div', {}, add), side, problem, body, ownPrescriptions(app));

  function say(text) {
    setText(problem, text);
    problem.hidden = !text;
  }

  function closeForm() {
    side.replaceChildren();
    side.hidden = true;
    add.focus();
  }

  function openForm() {
    const form = bookingForm(app, {
      services,
      doctors,
      start: nextQuarter(app.clock.now() + HOUR),
      isOwn: true,
      close: closeForm,
      done: async (visit) => {
        closeForm();
        app.toasts.good(t('booking.bookedOwn', { time: app.time.moment(visit.startsAt) }));
        await reload();
      },
    });
    side.replaceChildren(form.element);
    side.hidden = false;
    form.heading.focus({ preventScroll: true });
    form.element.scrollIntoView({ block: 'nearest' });
  }

  async function cancel(visit) {
    const key = newKey();
    const reason = h('textarea', { rows: 3, maxlength: 500 });
    const rows = [field({ label: t('visit.ask.reason'), name: 'reason', optional: true, control: reason })];
    const done = await formDialog({
      title: t('myAppointments.cancelTitle'),
      intro: t('visit.ask.cancelIntro', { time: app.time.moment(visit.startsAt) }),
      rows,
      submitLabel: t('visit.ask.cancelSubmit'),
      kind: 'danger',
      submit: () => app.api.cancelOwnAppointment(
        visit.id,
        reason.value.trim() ? { reason: reason.value.trim() } : {},
        key,
      ),
      onError: (error) => showFieldErrors(rows, error.fields).join(' ') || sentenceFor(error),
      fallbackFocus: () => frame.heading.focus(),
    });
    if (!done) return;
    app.toasts.good(t('myAppointments.cancelled'));
    await reload();
  }

  function itemOf(visit) {
    const time = app.time.moment(visit.startsAt);
    return h(
      'li',
      { class: 'visit', dataset: { appointmentId: visit.id, status: visit.status } },
      h('span', { class: 'visit-time' }, time),
      h(
        'div',
        { class: 'visit-who' },
        h('strong', {}, serviceText(visit, services)),
        visit.doctorName && h('span', { class: 'row-note' }, t('myAppointments.with', { name: visit.doctorName })),
        h('span', { class: 'visit-marks' }, stateTag(visit, true), money.tag(visit), visit.status === 'held' && visit.holdEndsAt
          && h('span', { class: 'row-note' }, t('myAppointments.holdEnds', { time: app.time.minute(visit.holdEndsAt) }))),
      ),
      h(
        'div',
        { class: 'row-buttons' },
        join(visit),
        ownCodeButton(app, visit),
        money.way(visit),
        rateButton(app, visit),
        CANCELLABLE.has(visit.status) && Date.parse(visit.startsAt) > app.clock.now() && button({
          label: t('myAppointments.cancel'),
          kind: 'danger',
          'aria-label': t('myAppointments.cancelSpoken', { time }),
          dataset: { key: `cancel ${visit.id}` },
          on: { click: () => cancel(visit) },
        }),
      ),
    );
  }

  const part = (title, found, none) => h(
    'section',
    { class: 'panel', 'aria-label': title },
    h('h2', {}, title),
    found.length > 0 ? h('ol', { class: 'visits' }, found.map(itemOf)) : h('p', { class: 'page-note' }, none),
  );

  async function prepare() {
    try {
      const [offered, found] = await Promise.all([app.api.services(), app.api.findDoctors()]);
      if (gone) return;
      services = offered.filter(({ needs }) => needs.length === 0);
      doctors = found.map((each) => ({ id: each.userId ?? each.id, name: each.name }));
      add.disabled = false;
      await reload();
    } catch (error) {
      if (!gone) say(sentenceFor(error));
    }
  }

  async function reload() {
    const mine = (turn += 1);
    try {
      const [visits, payments] = await Promise.all([app.api.ownAppointments({}), app.api.ownPayments()]);
      if (gone || mine !== turn) return;
      money.know(payments, visits);
      const { ahead, past } = aheadAndPast(visits, app.clock.now());
      say('');
      redraw(
        body,
        part(t('myAppointments.ahead'), ahead, t('myAppointments.none')),
        ...(past.length > 0 ? [part(t('myAppointments.past'), past, '')] : []),
      );
    } catch (error) {
      if (!gone && mine === turn) say(sentenceFor(error));
    }
  }

  prepare();
  reload();
  const stop = followVisits(app, reload);
  return { ...frame, keys: {}, destroy() { gone = true; stop(); money.stop(); } };
}
