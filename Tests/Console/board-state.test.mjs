import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as state from '../../Console/js/pure/board-state.js';

const alert = (id, extra = {}) => ({
  id, urgencyLevel: 3, status: 'active', version: 1, escalationTier: 1, createdAt: '2026-11-21T10:00:00Z', ...extra,
});
const event = (number, name, data) => ({ number, name, data });
const ids = (board) => state.sortedAlerts(board).map((a) => a.id);

/** Applies events in turn; gives the last board and the kinds of change. */
function play(board, ...events) {
  const kinds = [];
  let current = board;
  for (const next of events) {
    const result = state.applyEvent(current, next);
    current = result.board;
    kinds.push(result.change.kind);
  }
  return { board: current, kinds };
}

test('alerts are sorted by urgency, then newest first', () => {
  const { board } = play(
    state.emptyBoard(),
    event(1, 'alert:new', alert('old3')),
    event(2, 'alert:new', alert('five', { urgencyLevel: 5, createdAt: '2026-11-21T09:00:00Z' })),
    event(3, 'alert:new', alert('new3', { createdAt: '2026-11-21T10:00:01Z' })),
  );
  assert.deepEqual(ids(board), ['five', 'new3', 'old3']);
});

test('an unreadable urgency stands on top, not at the bottom', () => {
  const { board } = play(
    state.emptyBoard(),
    event(1, 'alert:new', alert('four', { urgencyLevel: 4 })),
    event(2, 'alert:new', alert('strange', { urgencyLevel: 'x' })),
  );
  assert.deepEqual(ids(board), ['strange', 'four']);
});

test('a duplicate and an older number change nothing', () => {
  const first = event(5, 'alert:new', alert('a'));
  const { board, kinds } = play(
    state.emptyBoard(),
    first,
    first,
    event(4, 'alert:updated', alert('a', { version: 9 })),
  );
  assert.deepEqual(kinds, ['added', 'none', 'none']);
  assert.equal(board.alerts.get('a').version, 1);
  assert.equal(board.lastNumber, 5);
});

test('an older version never replaces a newer one', () => {
  const { board, kinds } = play(
    state.emptyBoard(),
    event(1, 'alert:new', alert('a', { version: 3 })),
    event(2, 'alert:updated', alert('a', { version: 2, status: 'resolved' })),
  );
  assert.deepEqual(kinds, ['added', 'none']);
  assert.deepEqual(ids(board), ['a']);
});

test('a closed alert leaves the board', () => {
  for (const status of ['resolved', 'cancelled', 'expired']) {
    const { board, kinds } = play(
      state.emptyBoard(),
      event(1, 'alert:new', alert('a')),
      event(2, 'alert:updated', alert('a', { status, version: 2 })),
    );
    assert.deepEqual(kinds, ['added', 'removed']);
    assert.deepEqual(ids(board), []);
  }
});

test('an escalation without the alert changes tier and next step', () => {
  const { board, kinds } = play(
    state.emptyBoard(),
    event(1, 'alert:new', alert('a')),
    event(2, 'alert:escalated', { alertId: 'a', tier: 2, nextEscalationAt: '2026-11-21T10:30:00Z' }),
  );
  assert.deepEqual(kinds, ['added', 'escalated']);
  assert.equal(board.alerts.get('a').escalationTier, 2);
  assert.equal(board.alerts.get('a').nextEscalationAt, '2026-11-21T10:30:00Z');
});

test('an escalation that carries the alert takes all of it', () => {
  const full = alert('a', { version: 2, escalationTier: 3 });
  const { board, kinds } = play(
    state.emptyBoard(),
    event(1, 'alert:new', alert('a')),
    event(2, 'alert:escalated', { alertId: 'a', tier: 3, nextEscalationAt: null, alert: full }),
  );
  assert.deepEqual(kinds, ['added', 'escalated']);
  assert.equal(board.alerts.get('a'), full);
});

test('an escalation of an alert that we do not know asks for the list', () => {
  assert.deepEqual(play(state.emptyBoard(), event(1, 'alert:escalated', { alertId: 'z', tier: 2 })).kinds, ['reload']);
});

test('reset asks for the list and goes on from its number', () => {
  const { board, kinds } = play(
    state.emptyBoard(),
    event(9, 'alert:new', alert('a')),
    event(null, 'reset', { number: 70 }),
  );
  assert.deepEqual(kinds, ['added', 'reload']);
  assert.equal(board.lastNumber, 70);
});

test('hello gives the first number but never hides what is replayed after it', () => {
  const hello = event(null, 'hello', { number: 12 });
  assert.equal(play(state.emptyBoard(), hello).board.lastNumber, 12);
  const { board, kinds } = play(
    { ...state.emptyBoard(), lastNumber: 10 },
    hello,
    event(11, 'alert:new', alert('missed1')),
    event(12, 'alert:new', alert('missed2')),
  );
  assert.deepEqual(kinds, ['none', 'added', 'added']);
  assert.equal(board.lastNumber, 12);
});

test('a server whose numbers were set back makes us start again from the list', () => {
  const { board, kinds } = play({ ...state.emptyBoard(), lastNumber: 500 }, event(null, 'hello', { number: 3 }));
  assert.deepEqual(kinds, ['reload']);
  assert.equal(board.lastNumber, 3);
});

test('unknown events move the number and nothing else', () => {
  const { board, kinds } = play(state.emptyBoard(), event(4, 'notification:new', { id: 'n' }));
  assert.deepEqual(kinds, ['none']);
  assert.equal(board.lastNumber, 4);
});

test('what happens while the list is on its way is kept', () => {
  const start = play(state.emptyBoard(), event(1, 'alert:new', alert('gone')), event(2, 'alert:new', alert('stays')))
    .board;
  const during = play(
    state.beginReload(start),
    event(3, 'alert:new', alert('fresh')),
    event(4, 'alert:updated', alert('listed', { status: 'resolved', version: 2 })),
  ).board;
  const { board, changes } = state.finishReload(during, [alert('stays'), alert('listed')]);
  assert.deepEqual(ids(board).sort(), ['fresh', 'stays']);
  assert.deepEqual(changes.filter((c) => c.kind === 'removed').map((c) => c.alert.id), ['gone']);
  assert.equal(board.journal, null);
});

test('a list older than what we know does not turn an alert back', () => {
  const known = play(state.emptyBoard(), event(1, 'alert:new', alert('a', { version: 5, status: 'acknowledged' })))
    .board;
  const { board, changes } = state.finishReload(state.beginReload(known), [alert('a', { version: 4 })]);
  assert.equal(board.alerts.get('a').status, 'acknowledged');
  assert.deepEqual(changes, []);
});

test('an answer to our own call and the event about it count once', () => {
  const start = play(state.emptyBoard(), event(1, 'alert:new', alert('a'))).board;
  const acknowledged = alert('a', { status: 'acknowledged', version: 2 });
  const answered = state.applyAnswer(start, acknowledged);
  assert.equal(answered.change.kind, 'updated');
  assert.equal(answered.board.lastNumber, 1);
  assert.deepEqual(state.countByStatus(state.sortedAlerts(answered.board)), { waiting: 0, answered: 1 });
});
