/** The list of cards: keyed by alert, changed in place, focus kept, and safe against taps on a moving target. */
import { h } from './dom.js';
import { alertCard } from './alert-card.js';
import { t } from '../i18n.js';

/** A tap this soon after cards moved was most likely meant for another card. */
const MOVED_GUARD_MILLISECONDS = 350;

/** @param {object} app @param {{readOnly: boolean, onPick?: (id: string, extend: boolean) => void}} options */
export function boardList(app, { readOnly, onPick }) {
  const element = h('ul', { class: 'cards', 'aria-label': t('board.list') });
  /** @type {Map<string, ReturnType<typeof alertCard>>} */
  const cards = new Map();
  const movedAt = new WeakMap();

  element.addEventListener('click', guard, { capture: true });

  function guard(event) {
    const item = event.target.closest('.card-item');
    const byPointer = event.detail > 0;
    if (!item || !byPointer || !event.target.closest('button')) return;
    if (performance.now() - (movedAt.get(item) ?? -Infinity) > MOVED_GUARD_MILLISECONDS) return;
    event.preventDefault();
    event.stopPropagation();
    app.toasts.bad(t('board.moved'));
  }

  function positions() {
    return new Map([...cards.values()].map(({ item }) => [item, [item.offsetLeft, item.offsetTop]]));
  }

  function noteMoves(before) {
    for (const [item, [left, top]] of before) {
      if (!item.isConnected) continue;
      if (Math.abs(item.offsetLeft - left) + Math.abs(item.offsetTop - top) > 8) movedAt.set(item, performance.now());
    }
  }

  function place(alerts) {
    let at = element.firstElementChild;
    for (const alert of alerts) {
      const { item } = cards.get(alert.id);
      if (item === at) at = at.nextElementSibling;
      else element.insertBefore(item, at);
    }
  }

  function dropGone(keep, focusedId) {
    let lostFocusAt = -1;
    const order = [...element.children].map((item) => item.dataset.alertId);
    for (const [id, card] of cards) {
      if (keep.has(id)) continue;
      if (id === focusedId) lostFocusAt = order.indexOf(id);
      card.item.remove();
      cards.delete(id);
    }
    return lostFocusAt;
  }

  return {
    element,
    /** @param {object[]} alerts in the order in which they are shown */
    show(alerts) {
      const before = positions();
      const focused = element.contains(document.activeElement) ? document.activeElement : null;
      const lostFocusAt = dropGone(new Set(alerts.map((a) => a.id)), focused?.closest('.card-item')?.dataset.alertId);
      for (const alert of alerts) {
        const card = cards.get(alert.id);
        if (card) card.update(alert);
        else cards.set(alert.id, alertCard(app, alert, { readOnly, onPick }));
      }
      place(alerts);
      if (focused?.isConnected && document.activeElement !== focused) focused.focus({ preventScroll: true });
      if (lostFocusAt >= 0) this.focusAt(Math.min(lostFocusAt, alerts.length - 1));
      noteMoves(before);
    },
    tick(now) {
      for (const card of cards.values()) card.tick(now);
    },
    /** Moves the focus to a card; with nothing there, to the page. */
    focusAt(index) {
      const item = element.children[index];
      if (item) item.firstElementChild.focus();
      else app.focusMain();
    },
    /** Marks the chosen ones. @param {(id: string) => boolean} isChosen @param {boolean} possible */
    showPicks(isChosen, possible) {
      for (const [id, card] of cards) card.pick(isChosen(id), possible);
    },
    /** The alert whose card has the focus, or null. */
    focusedId: () => document.activeElement?.closest('.card-item')?.dataset.alertId ?? null,
    /** The card that has the focus, or -1. */
    focusedIndex() {
      return [...element.children].findIndex((item) => item.contains(document.activeElement));
    },
    run(index, actions) {
      const item = element.children[index];
      if (item) cards.get(item.dataset.alertId)?.run(actions);
    },
    get size() {
      return cards.size;
    },
  };
}
