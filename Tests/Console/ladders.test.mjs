import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupedLadders } from '../../Console/js/pure/ladder-order.js';
import { nextStep, readSeconds, stepsProblem, writeSeconds } from '../../Console/js/pure/steps.js';
import { momentOf, nextAt, wallTime } from '../../Console/js/pure/zoned-time.js';

test('steps are read as people write them', () => {
  const cases = [
    ['5', 300], ['5 min', 300], ['30 s', 30], ['30s', 30], ['5:30', 330], ['0:05', 5], ['1:30:00', 5400], ['2 h', 7200],
    ['90:00', 5400],
  ];
  for (const [text, seconds] of cases) assert.equal(readSeconds(text), seconds, text);
  for (const bad of ['', 'soon', '-5', '5:75', '5.5', '1:90:00', null]) assert.ok(Number.isNaN(readSeconds(bad)), bad);
});

test('what is written is read back as the same', () => {
  for (const seconds of [5, 59, 60, 330, 3599, 3600, 5400, 604_800]) {
    assert.equal(readSeconds(writeSeconds(seconds)), seconds);
  }
  assert.equal(writeSeconds(NaN), '');
});

test('bad steps are named with their place', () => {
  assert.equal(stepsProblem([300, 600, 900]), null);
  assert.deepEqual(stepsProblem([]), { problem: 'none', index: 0 });
  assert.deepEqual(stepsProblem([300, NaN]), { problem: 'unreadable', index: 1 });
  assert.deepEqual(stepsProblem([4]), { problem: 'range', index: 0 });
  assert.deepEqual(stepsProblem([300, 300]), { problem: 'rising', index: 1 });
  assert.deepEqual(stepsProblem(Array.from({ length: 51 }, (_, n) => 5 + n)), { problem: 'many', index: 50 });
});

test('a new step keeps the distance of the last two', () => {
  assert.equal(nextStep([]), 300);
  assert.equal(nextStep([300]), 600);
  assert.equal(nextStep([300, 420]), 540);
  assert.equal(nextStep([604_800]), 604_800);
});

test('ladders stand by urgency, the most particular rule first', () => {
  const everywhere = { departmentId: null, alertType: null };
  const ladder = (id, urgencyLevel, extra = {}) => ({ id, urgencyLevel, ...everywhere, ...extra });
  const groups = groupedLadders([
    ladder(null, 3, { isDefault: true }),
    ladder(null, 5, { isDefault: true }),
    ladder('whole', 5),
    ladder('type', 5, { alertType: 'fire' }),
    ladder('department', 5, { departmentId: 'd' }),
    ladder('both', 5, { departmentId: 'd', alertType: 'fire' }),
  ]);
  assert.deepEqual(groups.map((group) => group.urgencyLevel), [5, 3]);
  assert.deepEqual(groups[0].ladders.map((each) => each.id), ['both', 'type', 'department', 'whole', null]);
});

test('a wall-clock time is the hospital’s, in summer and in winter', () => {
  assert.equal(new Date(momentOf('2026-11-21T03:00', 'Europe/Berlin')).toISOString(), '2026-11-21T02:00:00.000Z');
  assert.equal(new Date(momentOf('2026-07-21T03:00', 'Europe/Berlin')).toISOString(), '2026-07-21T01:00:00.000Z');
  assert.equal(new Date(momentOf('2026-11-21T03:00', 'Asia/Kolkata')).toISOString(), '2026-11-20T21:30:00.000Z');
  assert.equal(wallTime(Date.parse('2026-11-21T02:00:00Z'), 'Europe/Berlin'), '2026-11-21T03:00');
  assert.ok(Number.isNaN(momentOf('', 'Europe/Berlin')));
});

test('tonight at three is the next three o’clock', () => {
  const at = (text) => new Date(nextAt(3, Date.parse(text), 'Europe/Berlin')).toISOString();
  assert.equal(at('2026-11-21T14:00:00Z'), '2026-11-22T02:00:00.000Z');
  assert.equal(at('2026-11-21T01:00:00Z'), '2026-11-21T02:00:00.000Z');
  assert.equal(at('2026-10-24T14:00:00Z'), '2026-10-25T02:00:00.000Z');
});
