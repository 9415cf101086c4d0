/** The board of the hospital, kept live: the event stream, the list behind it, and who wants to know. */
import { createEmitter } from './emitter.js';
import { createEventStream } from '../net/event-stream.js';
import { retryDelay } from '../pure/backoff.js';
import * as state from '../pure/board-state.js';

/** A second look at the list now and then: an unattended screen may not rest on one mechanism. */
const RECONCILE_MILLISECONDS = 5 * 60_000;

/**
 * @param {object} options
 * @param {object} options.api
 * @param {object} options.clock
 * @param {(status: number) => void} options.onRefused the stream was refused with 401 or 403
 * @param {() => void} options.onSignedOut the server ends the stream: signed out, revoked, or other rights than before
 */
export function createLiveBoard({ api, clock, onRefused, onSignedOut }) {
  const changed = createEmitter();
  const linked = createEmitter();
  const other = createEmitter();
  let board = state.emptyBoard();
  let loaded = false;
  let failure = null;
  let lost = false;
  let link = null;
  let reloading = false;
  let again = false;
  let retry = 0;
  let timer = 0;

  const stream = createEventStream({
    url: api.events,
    credentials: api.credentials,
    lastNumber: () => board.lastNumber,
    onEvent,
    onLink,
    onRefused,
  });

  /** @param {state.Change[]} changes */
  function tell(changes, source) {
    if (changes.length > 0) changed.emit({ changes, source });
  }

  function onEvent(event, at, askedAt) {
    if (event.name === 'hello' && event.data?.serverTime) clock.addStamp(event.data.serverTime, askedAt, at);
    if (event.name === 'signed-out') onSignedOut();
    if (event.data?.updatedAt) clock.addPast(event.data.updatedAt, at);
    const result = state.applyEvent(board, event);
    board = result.board;
    if (!state.isBoardEvent(event.name)) other.emit(event);
    if (result.change.kind === 'reload') reload();
    else if (result.change.kind !== 'none') tell([result.change], 'event');
  }

  function onLink(isLost, value) {
    const wasOpen = link?.phase === 'open';
    link = value;
    if (value.phase === 'open' && !wasOpen) reload();
    lost = isLost;
    linked.emit({ lost, link });
  }

  async function reload() {
    clearTimeout(timer);
    if (reloading) {
      again = true;
      return;
    }
    reloading = true;
    again = false;
    board = state.beginReload(board);
    try {
      const list = await api.openAlerts();
      const result = state.finishReload(board, list); // the board as it is now, after the wait
      board = result.board;
      const first = !loaded;
      loaded = true;
      failure = null;
      retry = 0;
      if (first) changed.emit({ changes: result.changes, source: 'first' });
      else tell(result.changes, 'list');
    } catch (error) {
      board = { ...board, journal: null };
      retry += 1;
      failure = error;
      changed.emit({ changes: [], source: 'failure' });
    } finally {
      reloading = false;
      timer = setTimeout(reload, again ? 0 : retry > 0 ? retryDelay(retry + 2) : RECONCILE_MILLISECONDS);
    }
  }

  return {
    on: changed.on,
    onLink: linked.on,
    /** Events that are not about alerts, such as `staff:duty_changed`. */
    onOther: other.on,
    start() {
      stream.start();
      reload();
    },
    reload,
    reconnect: () => stream.reconnect(),
    stop() {
      stream.stop();
      clearTimeout(timer);
      changed.emit = () => {};
    },
    get loaded() {
      return loaded;
    },
    get failure() {
      return failure;
    },
    get lost() {
      return lost;
    },
    get link() {
      return link;
    },
    alerts: () => state.sortedAlerts(board),
    find: (id) => board.alerts.get(id) ?? null,
    /** Takes in an alert that an HTTP answer brought; the event about it will then change nothing. */
    take(alert) {
      if (!alert?.id) return;
      const result = state.applyAnswer(board, alert);
      board = result.board;
      if (result.change.kind !== 'none') tell([result.change], 'answer');
    },
  };
}
