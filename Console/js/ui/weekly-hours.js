/** The usual hours of a week: one's own to read, everybody's to set for those who plan. Folded until asked for. */
import { h } from './dom.js';
import { button } from './buttons.js';
import { field } from './forms.js';
import { selectOf } from './choices.js';
import { hoursField } from './hours-field.js';
import { smallForm } from './small-form.js';
import { sentenceFor } from './errors.js';
import { everyone } from '../app/everyone.js';
import { hoursOfWeek, weekOf, weekOfHours } from '../pure/opening-hours.js';
import { t, word } from '../i18n.js';

const CONFLICT = 409;

/** @param {object} app @param {{mayChange: boolean}} options */
export function weeklyHours(app, { mayChange }) {
  const me = app.session.current?.user.id;
  const body = h('div', { class: 'stack' });
  let asked = false;
  let who = null;

  function editor(schedule) {
    const hours = hoursField(hoursOfWeek(schedule.week), {
      name: 'week', label: t('weekly.title'), hint: t('weekly.hint'), overnight: true,
    });
    const again = button({ label: t('record.reload'), on: { click: show } });
    again.hidden = true;
    const form = smallForm({
      rows: [hours],
      submitLabel: t('record.save'),
      icon: 'check',
      problems: () => {
        const { bad } = hours.read();
        return bad ? [{ path: 'week', message: t('locations.hoursBad', { day: t(`day.${bad}`) }) }] : [];
      },
      submit: async (key) => {
        const week = weekOfHours(hours.read().hours);
        await app.api.setWeeklyHours(schedule.userId, { version: schedule.version, week }, key);
        app.toasts.good(t('weekly.saved'));
        await show();
      },
      onError: (error) => {
        again.hidden = error.status !== CONFLICT;
        return false;
      },
    });
    return [form, again];
  }

  function shown(schedule) {
    const days = weekOf(hoursOfWeek(schedule.week));
    if (days.length === 0) return [h('p', { class: 'page-note' }, t('weekly.none'))];
    const name = ({ from, to }) => (from === to ? t(`day.${from}`) : `${t(`day.${from}`)} – ${t(`day.${to}`)}`);
    return [h('dl', { class: 'fact-list' }, days.map((day) => h('div', {}, h('dt', {}, name(day)), h('dd', {}, day.line))))];
  }

  const place = h('div', { class: 'stack' });
  async function show() {
    try {
      const schedule = await app.api.weeklyHours(who?.value ?? me);
      place.replaceChildren(...(mayChange ? editor(schedule) : shown(schedule)));
    } catch (error) {
      place.replaceChildren(h('p', { class: 'form-problem', role: 'alert' }, sentenceFor(error)));
    }
  }

  /** Nobody types into the hours of somebody else while the right ones are on their way. */
  function another() {
    place.replaceChildren(h('p', { class: 'page-note' }, t('record.loading')));
    show();
  }

  async function begin() {
    try {
      const people = mayChange ? await everyone(app) : [];
      if (mayChange) {
        const options = people.map(({ id, name, role }) => ({ value: id, text: `${name} (${word('role', role)})` }));
        who = selectOf(options, people.some(({ id }) => id === me) ? me : options[0]?.value, { change: another });
      }
      body.replaceChildren(...[who && field({ label: t('team.person'), name: 'userId', control: who }), place].filter(Boolean));
      await show();
    } catch (error) {
      body.replaceChildren(h('p', { class: 'form-problem', role: 'alert' }, sentenceFor(error)));
    }
  }

  function opened(event) {
    if (!event.target.open || asked) return;
    asked = true;
    begin();
  }
  return h(
    'details',
    { class: 'panel fold', on: { toggle: opened } },
    h('summary', {}, t(mayChange ? 'weekly.title' : 'weekly.own')),
    body,
  );
}
