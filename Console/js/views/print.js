/** The board on paper, for the hours in which there is no Ward: facts left, room for handwriting right. */
import { h } from '../ui/dom.js';
import { button } from '../ui/buttons.js';
import { tierName, titleOf } from '../ui/alert-words.js';
import { askedText } from '../ui/response-words.js';
import { passes, readFilter } from '../ui/filter.js';
import { t, word } from '../i18n.js';
import { hasQuorum, slotsOf } from '../pure/quorum.js';
import { levelOf, priorityName } from '../pure/urgency.js';
import { formatDuration } from '../pure/durations.js';

const SPARE_ROWS = 8;
const COLUMNS = ['room', 'type', 'urgency', 'since', 'tier', 'answeredBy', 'seenBy', 'time', 'outcome'];
const BY_HAND = 3;

/** @param {object} app */
export function printView(app) {
  const heading = h('h1', { tabindex: '-1' }, t('print.title'));
  const facts = h('p', { class: 'print-facts' });
  const stale = h('p', { class: 'print-stale', hidden: true });
  const body = h('tbody');
  const head = h('tr', {}, COLUMNS.map((key) => h('th', { scope: 'col', class: `print-${key}` }, t(`print.${key}`))));
  const table = h('table', { class: 'print-table' }, h('thead', {}, head), body);
  const print = button({ label: t('print.now'), icon: 'print', kind: 'primary', on: { click: () => window.print() } });
  const hint = h('p', { class: 'print-hint' }, t('print.hint'));
  const element = h(
    'div',
    { class: 'print-page' },
    h('div', { class: 'print-tools' }, print, hint),
    h('div', { class: 'paper' }, heading, facts, stale, table, h('p', { class: 'print-foot' }, t('print.foot'))),
  );

  const blank = (count) => Array.from({ length: count }, () => h('td', { class: 'print-blank' }));

  const answeredBy = (alert) => alert.acknowledgedAt
    ? `${alert.acknowledgedByName || t('card.somebody')}, ${app.time.minute(alert.acknowledgedAt)}`
    : '';

  /** Who is coming, and who is still missing. */
  function quorumText(alert) {
    const slots = slotsOf(alert);
    const what = slots.filter((slot) => slot.missing > 0).map((slot) => askedText(slot, slot.missing)).join(', ');
    const names = slots.flatMap((slot) => slot.people.map((person) => person.name)).join(', ');
    return [names, what && t('quorum.lacking', { what })].filter(Boolean).join('; ');
  }

  function row(alert, now) {
    const level = levelOf(alert);
    const age = formatDuration(now - Date.parse(alert.createdAt));
    const answered = hasQuorum(alert) ? quorumText(alert) : answeredBy(alert);
    const title = titleOf(alert, app.lookups);
    return h('tr', { dataset: { level } },
      h('th', { scope: 'row', class: 'print-room-cell' }, alert.roomNumber),
      h('td', {}, title, alert.description && h('span', { class: 'print-description' }, alert.description)),
      h('td', { class: 'print-urgency-cell' }, `${level} · ${word('priority', priorityName(level))}`),
      h('td', {}, `${app.time.minute(alert.createdAt)} (${age})`),
      h('td', {}, `${alert.escalationTier || 1} · ${tierName(alert.escalationTier)}`),
      h('td', {}, answered),
      blank(BY_HAND));
  }

  function show() {
    const now = app.clock.now();
    const filter = readFilter();
    const alerts = app.board.alerts().filter(passes(filter));
    const { current } = app.session;
    const where = [current?.hospital?.name, filter && app.lookups.departmentName(filter)].filter(Boolean).join(' · ');
    facts.textContent = t(
      'print.facts',
      { where, time: app.time.full(now), count: alerts.length, name: current?.user?.name ?? '' },
    );
    const spare = Array.from({ length: SPARE_ROWS }, () => h('tr', { class: 'print-spare' }, blank(COLUMNS.length)));
    body.replaceChildren(...alerts.map((alert) => row(alert, now)), ...spare);
    const { link, lost } = app.board;
    stale.hidden = !lost;
    if (lost) stale.textContent = t(
      'print.stale',
      { time: link.lastHeardAt === null ? '–' : app.time.full(app.clock.at(link.brokenAt)) },
    );
  }

  const stops = [app.board.on(show), app.board.onLink(show), app.lookups.on(show)];
  window.addEventListener('beforeprint', show);
  show();
  return {
    title: t('print.title'),
    element,
    heading,
    keys: {},
    destroy() {
      window.removeEventListener('beforeprint', show);
      for (const stop of stops) stop();
    },
  };
}
