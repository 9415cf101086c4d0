import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LONGEST_MILLISECONDS, retryDelay } from '../../Console/js/pure/backoff.js';
import { broken, heard, isLost, isSilent, liveUntil, lostIn, newLink } from '../../Console/js/pure/link-state.js';

test('a short cut is bridged silently, three seconds are not', () => {
  const link = broken(heard(newLink(0), 1_000), 20_000);
  assert.equal(isLost(link, 22_999), false);
  assert.equal(isLost(link, 23_000), true);
  assert.equal(lostIn(link, 20_500), 2_500);
});

test('forty seconds without a heartbeat are a loss, counted from the last sign of life', () => {
  const link = heard(heard(newLink(0), 1_000), 15_000);
  assert.equal(isLost(link, 54_999), false);
  assert.equal(isLost(link, 55_000), true);
  assert.equal(isSilent(link, 55_000), true);
  const after = broken(link, 55_000);
  assert.equal(isLost(after, 55_000), true, 'the strip must not flicker when the silent line is dropped');
  assert.equal(liveUntil(after), 15_000);
});

test('a clean break counts from the break', () => {
  assert.equal(liveUntil(broken(heard(newLink(0), 1_000), 9_000)), 9_000);
});

test('failed tries do not move the moment of the break', () => {
  let link = broken(heard(newLink(0), 1_000), 9_000);
  for (let now = 10_000; now < 60_000; now += 5_000) link = broken(link, now);
  assert.equal(liveUntil(link), 9_000);
  assert.equal(isLost(link, 60_000), true);
});

test('a link that was never open is lost after three seconds and was never live', () => {
  const link = newLink(100);
  assert.equal(isLost(link, 3_099), false);
  assert.equal(isLost(link, 3_100), true);
  assert.equal(liveUntil(link), null);
});

test('the first sound makes it live again', () => {
  const link = heard(broken(heard(newLink(0), 1), 2), 90_000);
  assert.equal(isLost(link, 90_000), false);
});

test('a line that opens and dies at once keeps backing off; one that lasted starts anew', () => {
  let link = newLink(0);
  for (let now = 0; now < 4_000; now += 1_000) link = broken(heard(link, now), now + 10);
  assert.equal(link.attempt, 4);
  link = broken(heard(heard(link, 10_000), 16_000), 17_000);
  assert.equal(link.attempt, 1);
});

test('waits double, are scattered, and never exceed five seconds', () => {
  assert.equal(retryDelay(1, () => 1), 250);
  assert.equal(retryDelay(2, () => 1), 500);
  assert.equal(retryDelay(3, () => 0), 500);
  for (const attempt of [0, 5, 6, 50, 100_000]) {
    const least = retryDelay(attempt, () => 0);
    const most = retryDelay(attempt, () => 1);
    assert.ok(least > 0 && most <= LONGEST_MILLISECONDS && least * 2 >= most - 1);
  }
  assert.equal(retryDelay(1e6, () => 1), LONGEST_MILLISECONDS);
});
