/** One doctor as patients see him, with free times: booked here, and paid on the page after it. */
import { h, link } from '../ui/dom.js';
import { icon } from '../ui/icons.js';
import { bookingForm } from '../ui/booking-form.js';
import { field } from '../ui/forms.js';
import { selectOf } from '../ui/choices.js';
import { callingText, feeText, hasFee, ratingMark, yearsText } from '../ui/doctor-words.js';
import { factList, money } from '../ui/money-words.js';
import { sentenceFor } from '../ui/errors.js';
import { byAppointment } from '../pure/payments.js';
import { nextQuarter } from '../pure/appointments.js';
import { t } from '../i18n.js';

const HOUR = 3_600_000;
const LOOK_AHEAD = 14 * 24 * HOUR;
const NOT_THERE = 404;

/** @param {object} app @param {{id: string}} params */
export function doctorProfileView(app, { id }) {
  let gone = false;
  const heading = h('h1', { tabindex: '-1', class: 'page-title' }, t('doctor.title'));
  const body = h('div', {}, h('p', { class: 'page-note' }, t('record.loading')));
  const back = link('/find-doctor', { class: 'back' }, icon('back'), t('doctor.back'));
  const element = h('div', { class: 'page' }, back, heading, body);

  const factsOf = (doctor, currency) => h(
    'section',
    { class: 'panel doctor-facts', 'aria-label': t('doctor.facts') },
    h('h2', { class: 'spoken' }, t('doctor.facts')),
    callingText(doctor) && h('p', { class: 'doctor-calling' }, callingText(doctor)),
    factList([
      [t('doctor.rating'), ratingMark(doctor)],
      [t('doctor.fee'), feeText(doctor, currency)],
      [t('doctor.years'), yearsText(doctor)],
      [t('doctor.department'), app.lookups.departmentName(doctor.departmentId)],
    ]),
    doctor.bio && h('p', { class: 'reason doctor-bio' }, doctor.bio),
  );

  /** The first free time of the next two weeks is proposed, where the doctor's hours are known. */
  async function firstFree() {
    const soon = nextQuarter(app.clock.now() + HOUR);
    try {
      const [free] = await app.api.freeTimes({
        doctorId: id, from: new Date(soon).toISOString(), to: new Date(soon + LOOK_AHEAD).toISOString(),
      });
      return free ? Date.parse(free) : soon;
    } catch (error) {
      if (error.status !== NOT_THERE) throw error;
      return soon;
    }
  }

  /** What costs something is paid next; what costs nothing is among the appointments. */
  async function booked(visit, where) {
    app.toasts.good(t('booking.bookedOwn', { time: app.time.moment(visit.startsAt) }));
    const payment = visit.feeMinor > 0 && where.value === 'online' ? byAppointment(await app.api.ownPayments()).get(visit.id) : null;
    if (!gone) app.router.go(payment ? `/my-payments/${payment.id}` : '/my-appointments');
  }

  function formOf(doctor, services, start, currency) {
    const where = selectOf(['online', 'desk'].map((value) => ({ value, text: t(`pay.where.${value}`) })), 'online');
    const isPriced = hasFee(doctor, currency);
    const form = bookingForm(app, {
      services: services.filter(({ needs }) => needs.length === 0),
      doctors: [{ id: doctor.id, name: doctor.name }],
      doctorId: doctor.id,
      start,
      isOwn: true,
      close: () => app.router.go('/find-doctor'),
      done: (visit) => booked(visit, where),
      more: isPriced ? {
        rows: [field({ label: t('pay.where'), name: 'payment', control: where })],
        read: () => ({ payment: where.value }),
      } : undefined,
    });
    if (isPriced) {
      const amount = money(doctor.feeMinor, currency);
      form.heading.after(h('p', { class: 'page-note' }, t('doctor.feeNote', { amount })));
    }
    return form.element;
  }

  async function load() {
    try {
      const [doctor, services, start, { currency }] = await Promise.all([
        app.api.doctorProfile(id), app.api.services(), firstFree(), app.api.hospital(), app.lookups.ready,
      ]);
      if (gone) return;
      heading.textContent = doctor.name;
      const side = doctor.isAvailable
        ? formOf(doctor, services, start, currency)
        : h('p', { class: 'panel', role: 'status' }, t('doctor.away'));
      body.replaceChildren(h('div', { class: 'doctor-columns' }, factsOf(doctor, currency), side));
    } catch (error) {
      if (!gone) body.replaceChildren(h('p', { class: 'form-problem', role: 'alert' }, sentenceFor(error)));
    }
  }

  load();
  return { title: t('doctor.title'), element, heading, keys: {}, destroy() { gone = true; } };
}
