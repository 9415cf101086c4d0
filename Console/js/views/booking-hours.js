/** When each doctor can be booked, for how long and for how much; his days off. */
import { h } from '../ui/dom.js';
import { button } from '../ui/buttons.js';
import { daysOff } from '../ui/days-off.js';
import { deskPage } from '../ui/desk-pages.js';
import { field } from '../ui/forms.js';
import { hoursField } from '../ui/hours-field.js';
import { selectOf } from '../ui/choices.js';
import { smallForm } from '../ui/small-form.js';
import { sentenceFor } from '../ui/errors.js';
import { hoursOf, linesOf } from '../pure/booking-hours.js';
import { decimalOf, minorOf } from '../pure/money.js';
import { t } from '../i18n.js';

const CONFLICT = 409;
const MINUTES = { least: 5, most: 480 };
const SEATS = { least: 1, most: 99 };

const isWhole = (text, { least, most }) => /^\d+$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;

const digits = (value) => h('input', { type: 'text', inputmode: 'numeric', maxlength: 3, autocomplete: 'off', value });

/** @param {object} app */
export function bookingHoursView(app) {
  let gone = false;
  let turn = 0;
  const place = h('div', { class: 'hospital-columns' }, h('p', { class: 'page-note' }, t('record.loading')));
  const head = h('div', { class: 'list-tools visit-tools' });
  const page = deskPage(app, 'bookingHours', head, place);
  let doctor = null;

  function editor(found) {
    const hours = hoursField(linesOf(found.hours), { label: t('bookingHours.hours'), hint: t('bookingHours.hint') });
    const minutes = digits(found.averageMinutes);
    const seats = digits(found.capacity);
    const fee = found.currency && h('input', {
      type: 'text', inputmode: 'decimal', maxlength: 15, autocomplete: 'off',
      value: found.feeMinor === null ? '' : decimalOf(found.feeMinor, found.currency),
    });
    const again = button({ label: t('record.reload'), on: { click: show } });
    again.hidden = true;
    const rows = [
      hours,
      field({ label: t('bookingHours.minutes'), name: 'averageMinutes', control: minutes }),
      field({ label: t('bookingHours.capacity'), name: 'capacity', control: seats }),
      fee && field({
        label: t('bookingHours.fee', { currency: found.currency }), name: 'feeMinor', hint: t('bookingHours.feeHint'),
        optional: true, control: fee,
      }),
    ].filter(Boolean);
    const form = smallForm({
      rows,
      submitLabel: t('record.save'),
      icon: 'check',
      problems: () => {
        const { bad } = hours.read();
        const typed = fee?.value.trim();
        return [
          bad && { path: 'hours', message: t('locations.hoursBad', { day: t(`day.${bad}`) }) },
          !isWhole(minutes.value, MINUTES) && { path: 'averageMinutes', message: t('bookingHours.number', MINUTES) },
          !isWhole(seats.value, SEATS) && { path: 'capacity', message: t('bookingHours.number', SEATS) },
          typed && minorOf(typed, found.currency) === null && {
            path: 'feeMinor', message: t('bookingHours.feeBad', { example: decimalOf(50_000, found.currency) }),
          },
        ].filter(Boolean);
      },
      submit: async (key) => {
        const typed = fee?.value.trim();
        await app.api.setBookingHours(found.doctorId, {
          version: found.version, hours: hoursOf(hours.read().hours, found.hours), averageMinutes: Number(minutes.value),
          capacity: Number(seats.value), ...(typed && { feeMinor: minorOf(typed, found.currency) }),
        }, key);
        app.toasts.good(t('bookingHours.saved'));
        await show();
      },
      onError: (error) => {
        again.hidden = error.status !== CONFLICT;
        return false;
      },
    });
    const note = !found.currency && h('p', { class: 'page-note' }, t('bookingHours.noCurrency'));
    return h('section', { class: 'panel stack' }, h('h2', {}, t('bookingHours.hours')), note, form, again);
  }

  /** What was asked for last is shown, whichever answer comes last. */
  async function show() {
    const mine = (turn += 1);
    try {
      const found = await app.api.bookingHours(doctor.value);
      if (gone || mine !== turn) return;
      const off = daysOff(app, () => doctor.value, true);
      await off.show();
      if (gone || mine !== turn) return;
      place.replaceChildren(editor(found), off.element);
    } catch (error) {
      if (gone || mine !== turn) return;
      place.replaceChildren(h('p', { class: 'form-problem', role: 'alert' }, sentenceFor(error)));
    }
  }

  async function load() {
    try {
      const doctors = await app.api.findDoctors();
      if (gone) return;
      if (doctors.length === 0) {
        place.replaceChildren(h('p', { class: 'page-note' }, t('bookingHours.noDoctor')));
        return;
      }
      doctor = selectOf(doctors.map(({ id, name }) => ({ value: id, text: name })), doctors[0].id, { change: another });
      head.replaceChildren(field({ label: t('bookingHours.doctor'), name: 'doctorId', control: doctor }));
      await show();
    } catch (error) {
      place.replaceChildren(h('p', { class: 'form-problem', role: 'alert' }, sentenceFor(error)));
    }
  }

  /** Nobody types into the hours of somebody else while the right ones are on their way. */
  function another() {
    place.replaceChildren(h('p', { class: 'page-note' }, t('record.loading')));
    show();
  }

  load();
  return { ...page, keys: {}, destroy() { gone = true; } };
}
