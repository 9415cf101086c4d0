/** One alert: the facts, what can be done, and everything that happened to it. */
import { h, link, setText } from '../ui/dom.js';
import { icon } from '../ui/icons.js';
import { actionBar, actionKeys } from '../ui/action-bar.js';
import { commentForm } from '../ui/comment-form.js';
import { sentenceFor } from '../ui/errors.js';
import { deliveryLog } from '../ui/delivery-log.js';
import { factRows } from '../ui/alert-facts.js';
import { teamPanel } from '../ui/team-panel.js';
import { timelineList } from '../ui/timeline.js';
import { urgencyMark } from '../ui/urgency-mark.js';
import { nextTierText, titleOf } from '../ui/alert-words.js';
import { t, word } from '../i18n.js';
import { hasQuorum } from '../pure/quorum.js';
import { alarmClass, levelOf } from '../pure/urgency.js';
import { formatCountdown, formatDuration } from '../pure/durations.js';

/** @param {object} app @param {{id: string}} params */
export function alertView(app, { id }) {
  let alert = app.board.find(id);
  let gone = false;
  const heading = h('h1', { tabindex: '-1', class: 'alert-room' }, t('alert.title', { room: alert?.roomNumber ?? '' }));
  const subtitle = h('p', { class: 'alert-title' });
  const urgency = h('div');
  const elapsed = h('p', { class: 'alert-elapsed' });
  const facts = h('dl', { class: 'facts' });
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const timeline = timelineList(app);
  const team = teamPanel(app);
  const deliveries = deliveryLog(app, id);
  const comment = commentForm(app, id, load);
  const actions = actionBar(app, () => alert, { withNote: true });
  const back = link('/', { class: 'back' }, icon('back'), h('span', {}, t('alert.back')));
  const head = h('div', { class: 'alert-head' }, h('div', {}, heading, subtitle, urgency), elapsed);
  const details = h(
    'section',
    { class: 'panel', 'aria-label': t('alert.facts') },
    h('h2', {}, t('alert.facts')),
    facts,
  );
  const history = h(
    'section',
    { class: 'panel', 'aria-label': t('alert.timeline') },
    h('h2', {}, t('alert.timeline')),
    timeline.element,
    comment.element,
  );
  const content = h(
    'div',
    { class: 'alert-content', hidden: true },
    head,
    actions.element,
    team.element,
    h('div', { class: 'alert-columns' }, details, history),
    deliveries.element,
  );
  const element = h('div', { class: 'page live' }, back, problem, content);

  function show() {
    if (!alert) return;
    content.hidden = false;
    problem.hidden = true;
    const level = levelOf(alert);
    head.dataset.class = alarmClass(level);
    head.dataset.status = alert.status;
    setText(heading, t('alert.title', { room: alert.roomNumber }));
    document.title = `${heading.textContent} – ${t('app.name')}`;
    setText(subtitle, titleOf(alert, app.lookups));
    urgency.replaceChildren(urgencyMark(level));
    facts.replaceChildren(...factRows(app, alert).map(
      ([key, value]) => h('div', { class: 'fact' }, h('dt', {}, t(`alert.${key}`)), h('dd', {}, value)),
    ));
    team.update(alert);
    if (actions.update()) heading.focus({ preventScroll: true });
    tick(app.clock.now());
  }

  function tick(now) {
    if (!alert) return;
    team.tick(now);
    const open = alert.status === 'active' || alert.status === 'acknowledged';
    if (!open) return setText(elapsed, word('status', alert.status));
    const age = formatDuration(now - Date.parse(alert.createdAt));
    const left = Date.parse(alert.nextEscalationAt) - now;
    const what = alert.status === 'acknowledged' ? t('card.pagedAgain') : nextTierText(alert);
    const next = Number.isFinite(left) ? t('card.in', { what, time: formatCountdown(Math.max(0, left)) }) : '';
    setText(elapsed, [t('alert.open', { time: age }), next].filter(Boolean).join(' · '));
  }

  /** Without the alert there is nothing but the reason to show. */
  function fail(text) {
    setText(problem, text);
    problem.hidden = false;
    if (alert) return;
    const title = h('h1', { class: 'page-title', tabindex: '-1' }, t('alert.none'));
    element.replaceChildren(back, title, problem);
    title.focus({ preventScroll: true });
  }

  async function load() {
    try {
      const [fresh, rows] = await Promise.all([app.api.alert(id), app.api.timeline(id)]);
      if (gone) return;
      if ((fresh.version ?? 0) >= (alert?.version ?? 0)) alert = fresh;
      show();
      timeline.show(rows, hasQuorum(alert));
    } catch (error) {
      if (gone) return;
      fail(error.status === 404 || error.status === 400 ? t('alert.missing') : sentenceFor(error));
    }
  }

  const stops = [
    app.news.on(({ name, data }) => {
      if (name === 'alert:commented' && data?.alertId === id) load();
    }),
    app.board.on(({ changes }) => {
      const change = changes.find((c) => c.alert?.id === id);
      if (!change) return;
      alert = change.alert;
      show();
      load();
      deliveries.load();
    }),
    app.lookups.on(show),
    app.session.on(show),
    app.ticker.on(tick),
  ];
  show();
  load();
  deliveries.load();
  return {
    title: heading.textContent,
    element,
    heading,
    keys: actionKeys(actions.run),
    destroy() {
      gone = true;
      deliveries.destroy();
      for (const stop of stops) stop();
    },
  };
}
