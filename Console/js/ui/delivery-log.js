/** Whom an alert reached and how: per tier and person what was tried, when it arrived, and why not. Live. */
import { h, setText } from './dom.js';
import { button } from './buttons.js';
import { icon } from './icons.js';
import { reasonText } from './reason-text.js';
import { sentenceFor } from './errors.js';
import { tierName } from './alert-words.js';
import { plural, t, word } from '../i18n.js';
import { createSocket } from '../net/socket.js';
import { byTier, counted, isUnsettled, shortSeconds } from '../pure/deliveries.js';
import { formatDuration } from '../pure/durations.js';

const FEW = 12;
const LOOK_AGAIN_MILLISECONDS = 2_000;
/** While a socket tells; a node that died told nothing. */
const LOOK_ANYWAY_MILLISECONDS = 15_000;
/** What the tier says already. */
const SILENT_KINDS = new Set(['alert_created', 'alert_escalated']);
const SIGNS = {
  read: 'check', delivered: 'check', sent: 'up', queued: 'clock', failed: 'cross', skipped: 'decline', inside: 'board',
};

/** @param {object} app @param {string} alertId */
export function deliveryLog(app, alertId) {
  let timer = 0;
  let gone = false;
  let asking = false;
  let again = false;
  let shown = '';
  let live = false;
  const open = new Set();
  const sum = h('p', { class: 'delivery-sum', role: 'status' });
  const list = h('div', { class: 'delivery-tiers' });
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const element = h(
    'section',
    { class: 'panel deliveries', 'aria-label': t('deliveries.title'), hidden: true },
    h('h2', {}, t('deliveries.title')),
    sum,
    problem,
    list,
  );

  function after({ status, secondsAfterAlert }) {
    if (status === 'queued' || status === 'skipped') return '';
    const seconds = shortSeconds(secondsAfterAlert);
    if (seconds === null) return '';
    return secondsAfterAlert < 120 ? t('deliveries.seconds', { seconds }) : formatDuration(secondsAfterAlert * 1000);
  }

  function message(row) {
    const reason = row.reason ? reasonText(row.reason) : '';
    const tries = row.attempts > 1 ? plural('deliveries.tries', row.attempts) : '';
    const facts = [word('deliveryStatus', row.status), after(row)].filter(Boolean).join(' ');
    const kind = SILENT_KINDS.has(row.kind) ? '' : word('deliveryKind', row.kind);
    return h(
      'li',
      { class: 'delivery', dataset: { channel: row.channel, status: row.status } },
      icon(SIGNS[row.status] ?? 'clock'),
      h('span', { class: 'delivery-channel' }, word('channel', row.channel)),
      h('span', { class: 'delivery-facts' }, [facts, reason, tries, kind].filter(Boolean).join(' · ')),
    );
  }

  const person = ({ id, name, state, rows }) => h(
    'li',
    { class: 'delivery-person', dataset: { userId: id ?? '', state } },
    h('p', { class: 'delivery-name' }, name ?? t('card.somebody')),
    h('ul', { class: 'delivery-row' }, rows.map(message)),
  );

  function tierBlock({ tier, people }) {
    const all = open.has(tier) || people.length <= FEW + 2;
    const more = all ? null : button({
      label: t('deliveries.all', { count: people.length }),
      on: {
        click: () => {
          open.add(tier);
          block.replaceWith(tierBlock({ tier, people }));
        },
      },
    });
    const title = tier === null ? t('deliveries.noTier') : t('dryRun.tier', { number: tier, group: tierName(tier) });
    const block = h(
      'section',
      { class: 'delivery-tier', dataset: { tier: tier ?? '' } },
      h('h3', {}, title, h('span', {}, plural('deliveries.people', people.length))),
      h('ul', {}, (all ? people : people.slice(0, FEW)).map(person)),
      more,
    );
    return block;
  }

  function show(rows) {
    element.hidden = false;
    const now = JSON.stringify(rows);
    if (now === shown) return;
    shown = now;
    const tiers = byTier(rows);
    const { people, reached, waiting, unreached } = counted(tiers);
    const parts = [plural('deliveries.reached', people, { reached })];
    if (waiting > 0) parts.push(t('deliveries.waiting', { count: waiting }));
    if (unreached > 0) parts.push(t('deliveries.unreached', { count: unreached }));
    setText(sum, people === 0 ? t('deliveries.none') : parts.join(' · '));
    list.replaceChildren(...tiers.map(tierBlock));
  }

  async function load() {
    if (asking) {
      again = true;
      return;
    }
    clearTimeout(timer);
    asking = true;
    again = false;
    let unsettled = false;
    try {
      const rows = await app.api.deliveries(alertId);
      if (gone) return;
      problem.hidden = true;
      show(rows);
      unsettled = isUnsettled(rows, app.clock.now());
    } catch (error) {
      if (gone) return;
      setText(problem, sentenceFor(error));
      problem.hidden = element.hidden = error.status === 404;
    } finally {
      asking = false;
      // A page that nobody sees need not know.
      const soon = again || (unsettled && !document.hidden);
      const pause = live ? LOOK_ANYWAY_MILLISECONDS : LOOK_AGAIN_MILLISECONDS;
      if (soon && !gone) timer = setTimeout(load, again ? 250 : pause);
    }
  }

  /** A room of this alert alone: an alert that goes out to a whole house would keep every other page busy. */
  const socket = createSocket({
    subscription: ['subscribe:deliveries', { alertId }],
    onEvent: ({ name, data }) => {
      if (name === 'alert:deliveries' && data?.alertId === alertId) load();
    },
    onState: (state) => {
      live = state === 'live';
      // What changed before the room was open nobody told.
      if (live) load();
    },
  });
  socket.start();
  return {
    element,
    load,
    destroy() {
      gone = true;
      clearTimeout(timer);
      socket.stop();
    },
  };
}
