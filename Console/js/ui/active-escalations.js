/** What is climbing at this moment: how many in which tier, what is overdue, and what comes next. */
import { h, link, setText } from './dom.js';
import { tierName } from './alert-words.js';
import { plural, t } from '../i18n.js';
import { barLength } from '../pure/figures.js';
import { formatCountdown } from '../pure/durations.js';

const pairsOf = (byTier) => Object.entries(byTier).map(([tier, count]) => ({ tier: Number(tier), count }));

/** @param {object} app */
export function activeEscalations(app) {
  const overdue = h('p', { class: 'figure-big' });
  const tiers = h('ul', { class: 'tier-bars' });
  const next = h('ol', { class: 'next-list' });
  const element = h(
    'section',
    { class: 'panel' },
    h('h2', {}, t('escalations.title')),
    overdue,
    h('div', { class: 'figures-pair' }, h('div', {}, h('h3', {}, t('escalations.byTier')), tiers), h(
      'div',
      {},
      h('h3', {}, t('escalations.next')),
      next,
    )),
  );
  let waits = [];

  function tierRow({ tier, count }, most) {
    const bar = h('span', { class: 'figure-bar', 'aria-hidden': true }, h('span', { class: 'figure-bar-on' }));
    bar.firstElementChild.style.setProperty('--length', `${barLength(count, most).toFixed(1)}%`);
    const name = h('span', {}, tierName(Math.min(tier, 4)));
    return h('li', { class: 'tier-bar' }, name, h('strong', {}, String(count)), bar);
  }

  function nextRow(alert) {
    const time = h('span', { class: 'next-time' });
    waits.push({ due: Date.parse(alert.nextEscalationAt), time });
    return h(
      'li',
      { class: 'next-row' },
      link(`/alerts/${encodeURIComponent(alert.id ?? alert.alertId)}`, {}, alert.roomNumber),
      h('span', {}, tierName(Math.min((alert.escalationTier ?? alert.tier ?? 1) + 1, 4))),
      time,
    );
  }

  function tick(now) {
    for (const { due, time } of waits) {
      setText(time, due <= now ? t('escalations.now') : t('escalations.in', { time: formatCountdown(due - now) }));
    }
  }

  return {
    element,
    tick,
    show({ byTier = [], overdue: late = 0, next: soon = [] }) {
      const rows = Array.isArray(byTier) ? byTier : pairsOf(byTier);
      const most = rows.reduce((longest, { count }) => Math.max(longest, count), 0);
      setText(overdue, rows.length === 0 ? t('escalations.none') : plural('escalations.overdue', late));
      element.dataset.overdue = String(late > 0);
      tiers.replaceChildren(...rows.map((row) => tierRow(row, most)));
      waits = [];
      next.replaceChildren(...soon.map(nextRow));
      tick(app.clock.now());
    },
    fail: (text) => setText(overdue, text),
  };
}
