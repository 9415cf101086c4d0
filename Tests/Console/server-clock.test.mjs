import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createServerClock } from '../../Console/js/pure/server-clock.js';

const BASE = Date.parse('2026-11-21T10:00:00.000Z');
const stamp = (milliseconds) => new Date(BASE + milliseconds).toISOString();
const header = (milliseconds) => new Date(BASE + milliseconds).toUTCString();

/** A clock whose monotonic time we turn by hand; the server is `BASE` ahead of it. */
function rig() {
  const jumps = [];
  const time = { now: 0 };
  const clock = createServerClock({ monotonic: () => time.now, onJump: (by) => jumps.push(by) });
  return { clock, jumps, time };
}

test('without a stamp the time is not known, and nothing is guessed', () => {
  const { clock } = rig();
  assert.equal(clock.known, false);
  assert.ok(Number.isNaN(clock.now()));
});

test('one exchange bounds the error by half the round trip', () => {
  const { clock, time } = rig();
  time.now = 1100;
  clock.addStamp(stamp(1010), 1000, 1100); // slow way back
  assert.ok(Math.abs(clock.now() - (BASE + 1100)) <= 51);
  assert.ok(clock.uncertainty <= 51);
});

test('several Date headers, cut to the second, narrow to better than a second', () => {
  const { clock, time } = rig();
  for (const at of [150, 1340, 2620, 3890, 4999]) {
    time.now = at + 10;
    clock.addHeader(header(Math.floor(at / 1000) * 1000), at - 10, at + 10);
  }
  assert.ok(Math.abs(clock.now() - (BASE + time.now)) < 200, String(clock.now() - BASE - time.now));
});

test('a header never makes an exact stamp worse', () => {
  const { clock, time } = rig();
  clock.addStamp(stamp(0), 0, 2);
  time.now = 500;
  clock.addHeader(header(30_000), 490, 500); // a proxy whose clock is wrong
  assert.ok(Math.abs(clock.now() - (BASE + 500)) < 5);
});

test('an event that has happened pushes a late estimate forward', () => {
  const { clock, time } = rig();
  clock.addStamp(stamp(0), 0, 800); // between 0 and 800 ms behind
  time.now = 1000;
  const before = clock.now();
  clock.addPast(stamp(950), 1000);
  assert.ok(clock.now() > before);
  assert.ok(clock.now() <= BASE + 1801);
});

test('a contradiction means that a clock jumped: the newest wins and the jump is told', () => {
  const { clock, jumps, time } = rig();
  clock.addStamp(stamp(0), 0, 10);
  time.now = 1000; // the machine slept for an hour and its monotonic clock with it
  clock.addStamp(stamp(3_600_000), 990, 1000);
  assert.equal(jumps.length, 1);
  assert.ok(Math.abs(jumps[0] - 3_599_000) < 50);
  assert.ok(Math.abs(clock.now() - (BASE + 3_600_000)) < 50);
});

test('bounds grow with age, so a drifting quartz is no contradiction', () => {
  const { clock, jumps, time } = rig();
  clock.addStamp(stamp(0), 0, 1);
  time.now = 3_600_000;
  clock.addStamp(stamp(3_600_000 + 360), time.now - 1, time.now); // 100 ppm
  assert.deepEqual(jumps, []);
});

test('nonsense instead of a stamp is ignored', () => {
  const { clock } = rig();
  clock.addStamp('yesterday', 0, 1);
  clock.addHeader(null, 0, 1);
  clock.addHeader('soon', 0, 1);
  assert.equal(clock.known, false);
});
