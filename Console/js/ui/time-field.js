/** The beginning of a visit: typed, or taken from the doctor's free times of that day. */
import { h, setText } from './dom.js';
import { button } from './buttons.js';
import { field } from './forms.js';
import { sentenceFor } from './errors.js';
import { debounce } from '../app/debounce.js';
import { addDays, midnight } from '../pure/week-plan.js';
import { momentOf, wallTime } from '../pure/zoned-time.js';
import { calendarDay, t } from '../i18n.js';

const NOT_THERE = 404;

/**
 * @param {object} app
 * @param {{start: number, doctor: () => string, minutes: () => number|null}} options `start` is proposed
 * @returns {HTMLElement} a field, with `read()`, `write(moment)` and `refresh()`
 */
export function timeField(app, { start, doctor, minutes }) {
  const zone = app.session.current?.hospital?.timeZone;
  let turn = 0;
  const control = h('input', {
    type: 'datetime-local', step: 300, value: wallTime(start, zone), on: { input: debounce(refresh) },
  });
  const row = field({ label: t('booking.startsAt'), name: 'startsAt', control });
  const said = h('p', { class: 'field-hint', role: 'status' });
  const times = h('div', { class: 'free-times', role: 'group', hidden: true });
  row.append(said, times);

  function show(starts, day) {
    const chosen = momentOf(control.value, zone);
    times.setAttribute('aria-label', t('booking.free', { day }));
    times.replaceChildren(...starts.map((each) => {
      const moment = Date.parse(each);
      return button({
        label: app.time.minute(moment),
        'aria-pressed': String(moment === chosen),
        dataset: { moment: String(moment) },
        on: { click: () => write(moment) },
      });
    }));
    times.hidden = starts.length === 0;
    setText(said, t(starts.length > 0 ? 'booking.free' : 'booking.noFree', { day }));
  }

  function mark() {
    const chosen = String(momentOf(control.value, zone));
    for (const each of times.children) each.setAttribute('aria-pressed', String(each.dataset.moment === chosen));
  }

  function write(moment) {
    control.value = wallTime(moment, zone);
    row.setError(null);
    mark();
  }

  async function refresh() {
    const mine = (turn += 1);
    const day = control.value.slice(0, 10);
    const doctorId = doctor();
    if (!doctorId || !day) {
      times.hidden = true;
      return setText(said, '');
    }
    try {
      const starts = await app.api.freeTimes({
        doctorId,
        from: new Date(midnight(day, zone)).toISOString(),
        to: new Date(midnight(addDays(day, 1), zone)).toISOString(),
        minutes: minutes(),
      });
      if (mine === turn) show(starts, calendarDay(day));
    } catch (error) {
      if (mine !== turn) return;
      times.hidden = true;
      // Nothing is known of this doctor's hours: a time can still be typed.
      setText(said, error.status === NOT_THERE ? '' : sentenceFor(error));
    }
  }

  row.read = () => {
    const moment = momentOf(control.value, zone);
    return Number.isFinite(moment) ? new Date(moment).toISOString() : null;
  };
  row.write = (moment) => {
    write(moment);
    return refresh();
  };
  row.refresh = refresh;
  return row;
}
