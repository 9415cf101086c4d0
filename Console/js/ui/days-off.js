/** The days on which somebody cannot be booked: listed, added, removed. */
import { h } from './dom.js';
import { button, whileBusy } from './buttons.js';
import { field } from './forms.js';
import { smallForm } from './small-form.js';
import { sentenceFor } from './errors.js';
import { daysOf } from '../pure/booking-hours.js';
import { dayOf } from '../pure/week-plan.js';
import { t } from '../i18n.js';

/** @param {object} app @param {() => string} doctor @param {boolean} mayChange */
export function daysOff(app, doctor, mayChange) {
  const zone = app.session.current?.hospital?.timeZone;
  const list = h('ul', { class: 'plain-list' });
  const first = h('input', { type: 'date' });
  const last = h('input', { type: 'date' });
  const title = h('input', { type: 'text', maxlength: 100, autocomplete: 'off' });
  const form = mayChange && smallForm({
    rows: [
      field({ label: t('bookingHours.day'), name: 'date', control: first }),
      field({ label: t('bookingHours.until'), name: 'untilDate', optional: true, control: last }),
      field({ label: t('bookingHours.what'), name: 'title', optional: true, control: title }),
    ],
    submitLabel: t('bookingHours.add'),
    icon: 'raise',
    kind: 'plain',
    problems: () => (first.value ? [] : [{ path: 'date', message: t('bookingHours.dayMissing') }]),
    submit: async (key) => {
      const named = title.value.trim();
      await app.api.addException(doctor(), {
        kind: 'off', date: first.value, ...(last.value && { untilDate: last.value }), ...(named && { title: named }),
      }, key);
      for (const each of [first, last, title]) each.value = '';
      app.toasts.good(t('bookingHours.added'));
      await show();
    },
  });
  const element = h('section', { class: 'panel stack' }, h('h2', {}, t('bookingHours.off')), list, form);

  function words(exception) {
    const days = daysOf(exception, (moment) => dayOf(new Date(moment).getTime(), zone)).map((day) => app.time.day(`${day}T12:00:00Z`));
    return days.length === 1 ? days[0] : t('bookingHours.days', { first: days[0], last: days[1] });
  }

  function row(exception) {
    const days = words(exception);
    const remove = mayChange && button({
      label: t('bookingHours.remove'),
      kind: 'quiet',
      'aria-label': t('bookingHours.removeSpoken', { days }),
      on: { click: (event) => whileBusy(event.currentTarget, async () => {
        try {
          await app.api.removeException(exception.id);
          app.toasts.good(t('bookingHours.removed'));
        } catch (error) {
          app.toasts.bad(sentenceFor(error));
        }
        await show();
      }) },
    });
    const about = [exception.title, exception.kind === 'extra' && t('bookingHours.extra')].filter(Boolean).join(', ');
    return h('li', {}, h('span', {}, about ? `${days}: ${about}` : days), remove);
  }

  async function show() {
    const wanted = doctor();
    try {
      const found = await app.api.exceptions(wanted, new Date(app.clock.now()).toISOString());
      if (wanted !== doctor()) return;
      list.replaceChildren(...(found.length ? found.map(row) : [h('li', { class: 'page-note' }, t('bookingHours.noneOff'))]));
    } catch (error) {
      list.replaceChildren(h('li', { class: 'form-problem', role: 'alert' }, sentenceFor(error)));
    }
  }
  return { element, show };
}
