/**
 * The board as a value: which alerts are open, and up to which event of the hospital that is true.
 *
 * Every event has a number that only grows. An event at or below the last number is a duplicate and changes
 * nothing. A list call may be older than events that came while it was on its way, so those events are
 * kept in a journal and applied again on top of the list.
 */
import { compareAlerts } from './urgency.js';

/** @typedef {{number: number|null, name: string, data: any}} BoardEvent */
/** @typedef {{alerts: Map<string, object>, lastNumber: number|null, journal: BoardEvent[]|null}} Board */
/** @typedef {'none'|'added'|'updated'|'escalated'|'removed'|'reload'} ChangeKind */
/** @typedef {{kind: ChangeKind, alert?: object, before?: object}} Change */

const OPEN = new Set(['active', 'acknowledged']);
const ALERT_EVENTS = new Set(['alert:new', 'alert:updated', 'alert:escalated']);
const NOTHING = { kind: 'none' };

export const isBoardEvent = (name) => ALERT_EVENTS.has(name) || name === 'hello' || name === 'reset';

/** @returns {Board} */
export const emptyBoard = () => ({ alerts: new Map(), lastNumber: null, journal: null });

export const isOpen = (alert) => OPEN.has(alert.status);

/** The alerts in the order in which they are shown. */
export const sortedAlerts = (board) => [...board.alerts.values()].sort(compareAlerts);

const versionOf = (alert) => (Number.isFinite(alert.version) ? alert.version : 0);

function put(alerts, alert) {
  const before = alerts.get(alert.id);
  if (before && versionOf(alert) < versionOf(before)) return NOTHING;
  if (!isOpen(alert)) {
    if (!before) return NOTHING;
    alerts.delete(alert.id);
    return { kind: 'removed', alert, before };
  }
  alerts.set(alert.id, alert);
  return before ? { kind: 'updated', alert, before } : { kind: 'added', alert };
}

function escalate(alerts, data) {
  if (data.alert && data.alert.id) {
    const change = put(alerts, data.alert);
    return change.kind === 'updated' ? { ...change, kind: 'escalated' } : change;
  }
  const before = alerts.get(data.alertId);
  if (!before) return { kind: 'reload' };
  const alert = { ...before, escalationTier: data.tier, nextEscalationAt: data.nextEscalationAt ?? null };
  alerts.set(alert.id, alert);
  return { kind: 'escalated', alert, before };
}

function change(alerts, event) {
  if (!ALERT_EVENTS.has(event.name) || !event.data) return NOTHING;
  if (event.name === 'alert:escalated') return escalate(alerts, event.data);
  return event.data.id ? put(alerts, event.data) : NOTHING;
}

/** @param {Board} board @param {BoardEvent} event @returns {{board: Board, change: Change}} */
export function applyEvent(board, event) {
  if (event.name === 'reset') {
    return { board: { ...board, lastNumber: event.data?.number ?? event.number }, change: { kind: 'reload' } };
  }
  if (event.name === 'hello') return applyHello(board, event);
  if (event.number !== null && board.lastNumber !== null && event.number <= board.lastNumber) {
    return { board, change: NOTHING };
  }
  const alerts = new Map(board.alerts);
  const result = change(alerts, event);
  const next = {
    alerts: result.kind === 'none' ? board.alerts : alerts,
    lastNumber: event.number ?? board.lastNumber,
    journal: board.journal ? [...board.journal, event] : null,
  };
  return { board: next, change: result };
}

/**
 * `hello` opens every stream and tells the hospital's current number. It must not move our own number forward
 * (what we missed is replayed after it), only give us the first one. A number behind ours means that
 * the server's history was set back (a restored backup): start again from the list.
 */
function applyHello(board, event) {
  const number = Number.isFinite(event.data?.number) ? event.data.number : null;
  if (number === null) return { board, change: NOTHING };
  if (board.lastNumber === null) return { board: { ...board, lastNumber: number }, change: NOTHING };
  if (number < board.lastNumber) return { board: { ...board, lastNumber: number }, change: { kind: 'reload' } };
  return { board, change: NOTHING };
}

/** Puts an alert that an HTTP answer brought onto the board (it carries no event number). */
export function applyAnswer(board, alert) {
  const event = { number: null, name: 'alert:updated', data: alert };
  return applyEvent(board, event);
}

/** Call before asking for the list. @param {Board} board @returns {Board} */
export const beginReload = (board) => ({ ...board, journal: [] });

/**
 * Call with the list that came. What the list does not know any more is gone; what happened since stands.
 * @param {Board} board @param {object[]} list @returns {{board: Board, changes: Change[]}}
 */
export function finishReload(board, list) {
  const alerts = new Map();
  for (const alert of list) if (isOpen(alert)) alerts.set(alert.id, newerOf(alert, board.alerts.get(alert.id)));
  for (const event of board.journal ?? []) change(alerts, event);
  const changes = [];
  for (const [id, alert] of alerts) {
    const before = board.alerts.get(id);
    if (!before) changes.push({ kind: 'added', alert });
    else if (before !== alert) changes.push({ kind: 'updated', alert, before });
  }
  for (const [id, before] of board.alerts) {
    if (!alerts.has(id)) changes.push({ kind: 'removed', alert: before, before });
  }
  return { board: { ...board, alerts, journal: null }, changes };
}

const newerOf = (listed, known) => (known && versionOf(known) > versionOf(listed) ? known : listed);

/** How many alerts wait for an answer, and how many are being answered. */
export function countByStatus(alerts) {
  let waiting = 0;
  for (const alert of alerts) if (alert.status === 'active') waiting += 1;
  return { waiting, answered: alerts.length - waiting };
}
