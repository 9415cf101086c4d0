/** Seven days side by side, one below the other on a phone, with ways to go back and on. */
import { h, setText } from './dom.js';
import { button } from './buttons.js';
import { addDays, dayOf, mondayOf } from '../pure/week-plan.js';
import { calendarDay, t } from '../i18n.js';

const WEEK = 7;

/**
 * @param {object} app @param {() => void} moved asks for the week anew
 * @returns {{element, tools, first: () => string, count: number, show: (days: {day: string, items: Node[]}[]) => void}}
 */
export function weekGrid(app, moved) {
  const zone = app.session.current?.hospital?.timeZone;
  const today = () => dayOf(app.clock.now(), zone);
  let monday = mondayOf(today());
  const where = h('p', { class: 'week-where', role: 'status' });
  const move = (days) => {
    monday = days === 0 ? mondayOf(today()) : addDays(monday, days);
    name();
    moved();
  };
  const step = (label, spoken, days) => button({ label, 'aria-label': spoken, on: { click: () => move(days) } });
  const tools = h(
    'div',
    { class: 'week-tools', role: 'group', 'aria-label': t('week.label') },
    step('←', t('week.back'), -WEEK),
    step(t('week.now'), t('week.now'), 0),
    step('→', t('week.next'), WEEK),
    where,
  );
  const element = h('ol', { class: 'week-grid' });

  function name() {
    setText(where, t('week.span', { from: calendarDay(monday), to: calendarDay(addDays(monday, WEEK - 1)) }));
  }

  name();
  return {
    element,
    tools,
    first: () => monday,
    count: WEEK,
    show(days) {
      const now = today();
      element.replaceChildren(...days.map(({ day, items }, index) => h(
        'li',
        { class: 'week-day', dataset: { today: String(day === now), empty: String(items.length === 0) } },
        h('h3', {}, t(`day.short.${index + 1}`), h('span', {}, calendarDay(day).replace(/ \d{4}$/, ''))),
        items.length > 0 ? h('ul', {}, items) : h('p', { class: 'week-none' }, t('week.none')),
      )));
    },
  };
}
