/** One alert on the board. The element is made once and then only changed, so focus and position stay. */
import { h, freshId, link, setAttribute, setText, spoken } from './dom.js';
import { icon } from './icons.js';
import { urgencyMark } from './urgency-mark.js';
import { answeredText, callsText, nextTierText, tierName, titleOf } from './alert-words.js';
import { actionBar } from './action-bar.js';
import { pickBox } from './pick-box.js';
import { quorumLine } from './quorum-line.js';
import { t } from '../i18n.js';
import { alarmClass, alarmMark, levelOf } from '../pure/urgency.js';
import { formatCountdown, formatDuration, isoDuration } from '../pure/durations.js';

/** All lamps flash in the same beat: unsynchronised ones add up to a flicker. */
export function alignFlashing(element) {
  for (const animation of element.getAnimations?.({ subtree: true }) ?? []) animation.startTime = 0;
}

/** How much room a room needs: a code, a long code, a name of several words, half a sentence. */
function lengthClass(text) {
  if (text.length <= 6) return 'short';
  if (text.length <= 10) return 'long';
  return text.length <= 24 ? 'name' : 'sentence';
}

function elapsedParts() {
  const value = h('time', { class: 'elapsed' });
  const from = h('span', { class: 'since-clock' });
  return { value, from, box: h('p', { class: 'since' }, spoken(t('card.elapsed')), value, from) };
}

/**
 * @param {object} app @param {object} alert
 * @param {{readOnly: boolean, onPick?: (id: string, extend: boolean) => void}} options
 */
export function alertCard(app, alert, { readOnly, onPick }) {
  const id = freshId('alert');
  let current = alert;
  let urgencyShown = null;
  const mark = h('span', { 'aria-hidden': true });
  const pick = readOnly || !onPick ? null : pickBox(() => current, onPick);
  const lamp = h('div', { class: 'lamp' }, mark, pick?.element);
  const room = readOnly ? h('span', { class: 'room-name' }) : link(
    `/alerts/${encodeURIComponent(alert.id)}`,
    { class: 'room-name' },
  );
  const heading = h('h2', { class: 'room', id }, spoken(t('card.room')), room);
  const urgencyBox = h('div', { class: 'urgency-box' });
  const unanswered = h('span', { class: 'unanswered' }, t('card.unanswered'));
  const title = h('p', { class: 'card-title' });
  const place = h('p', { class: 'card-place' });
  const description = h('p', { class: 'card-description' });
  const calls = h('p', { class: 'card-calls' });
  const quorum = quorumLine(app);
  const elapsed = elapsedParts();
  const state = h('p', { class: 'state-text' });
  const countdown = h('p', { class: 'countdown' });
  const stateBox = h('div', { class: 'state' }, state, countdown);
  const actions = readOnly ? null : actionBar(app, () => current);
  const body = h(
    'div',
    { class: 'card-body' },
    urgencyBox,
    title,
    place,
    description,
    calls,
    quorum.element,
    stateBox,
    actions?.element,
  );
  const plate = h('div', { class: 'plate' }, heading, elapsed.box);
  const element = h(
    'article',
    { class: 'card', tabindex: '-1', 'aria-labelledby': `${id} ${id}-title` },
    lamp,
    plate,
    body,
  );
  title.id = `${id}-title`;
  const item = h('li', { class: 'card-item', dataset: { alertId: alert.id } }, element);

  function showState() {
    if (current.status === 'acknowledged') {
      const text = answeredText(app, current);
      if (state.textContent !== text) state.replaceChildren(icon('check'), h('span', {}, text));
      return;
    }
    const text = t('card.waitingFor', { tier: tierName(current.escalationTier), number: current.escalationTier || 1 });
    if (state.textContent !== text) state.replaceChildren(icon('bell'), h('span', {}, text));
  }

  function tick(now) {
    quorum.tick(now);
    const age = now - Date.parse(current.createdAt);
    setText(elapsed.value, formatDuration(age));
    setAttribute(elapsed.value, 'datetime', isoDuration(age));
    const left = Date.parse(current.nextEscalationAt) - now;
    if (!current.nextEscalationAt || !Number.isFinite(left)) {
      setText(countdown, current.status === 'active' ? t('card.ladderEnds') : '');
      return;
    }
    const what = current.status === 'acknowledged' ? t('card.pagedAgain') : nextTierText(current);
    setText(countdown, left <= 0 ? t('card.due', { what }) : t('card.in', { what, time: formatCountdown(left) }));
    countdown.classList.toggle('countdown-near', current.status === 'active' && left < 60_000);
  }

  function update(next) {
    current = next;
    const level = levelOf(next);
    const flashed = element.dataset.status === 'active';
    Object.assign(element.dataset, { class: alarmClass(level), level: String(level), status: next.status });
    setText(mark, alarmMark(level));
    pick?.update();
    quorum.update(next);
    setText(calls, callsText(app, next));
    setText(room, next.roomNumber);
    room.dataset.length = lengthClass(next.roomNumber);
    setText(title, titleOf(next, app.lookups));
    const type = app.lookups.typeTitle(next.alertType);
    const where = next.departmentId ? app.lookups.departmentName(next.departmentId) : t('card.wholeHospital');
    setText(place, [type === title.textContent ? '' : type, where].filter(Boolean).join(' · '));
    setText(description, next.description ?? '');
    description.hidden = !next.description;
    setText(elapsed.from, t('card.since', { time: app.time.minute(next.createdAt) }));
    if (urgencyShown !== level) urgencyBox.replaceChildren(urgencyMark(level), unanswered);
    urgencyShown = level;
    showState();
    if (actions?.update() && document.activeElement === document.body) element.focus({ preventScroll: true });
    tick(app.clock.now());
    if (!flashed && next.status === 'active') requestAnimationFrame(() => alignFlashing(element));
  }

  update(alert);
  return {
    item,
    element,
    update,
    tick,
    focus: () => element.focus(),
    get alert() { return current; },
    run: (names) => actions?.run(names),
    pick: (on, possible) => pick?.show(on, possible),
  };
}
