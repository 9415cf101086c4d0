import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  PAUSE_MILLISECONDS,
  isPaused,
  signalFor,
  soundsDespiteFilter,
  startPause,
} from '../../Console/js/pure/sound-policy.js';

const alert = (id, urgencyLevel, status = 'active', escalationTier = 1) => ({
  id,
  urgencyLevel,
  status,
  escalationTier,
});
const heard = (alerts, extra = {}) => signalFor({ alerts, pause: null, lost: false, now: 0, ...extra });

test('5 and 4 sound high, 3 medium, 2 and 1 low', () => {
  assert.deepEqual(
    [5, 4, 3, 2, 1].map((level) => heard([alert('a', level)])),
    ['high', 'high', 'medium', 'low', 'low'],
  );
});

test('the most urgent wins, and answered alerts are silent', () => {
  assert.equal(heard([alert('a', 2), alert('b', 4), alert('c', 3)]), 'high');
  assert.equal(heard([alert('a', 2), alert('b', 5, 'acknowledged')]), 'low');
  assert.equal(heard([]), null);
});

test('a lost connection is heard, but not over a high alert', () => {
  assert.equal(heard([], { lost: true }), 'technical');
  assert.equal(heard([alert('a', 3)], { lost: true }), 'technical');
  assert.equal(heard([alert('a', 4)], { lost: true }), 'high');
});

test('the pause is two minutes', () => {
  const pause = startPause([], 1_000);
  assert.equal(PAUSE_MILLISECONDS, 120_000);
  assert.equal(isPaused(pause, 120_999), true);
  assert.equal(isPaused(pause, 121_000), false);
});

test('a pause silences what was known, and lesser news', () => {
  const known = [alert('a', 5), alert('b', 3)];
  const pause = startPause(known, 0);
  assert.equal(heard(known, { pause, now: 10 }), null);
  assert.equal(heard([...known, alert('c', 4)], { pause, now: 10 }), null);
  assert.equal(heard(known, { pause, now: 10, lost: true }), null);
  assert.equal(heard(known, { pause, now: PAUSE_MILLISECONDS }), 'high');
});

test('a new alert of urgency 5 is heard through a pause', () => {
  const pause = startPause([alert('a', 5)], 0);
  assert.equal(heard([alert('a', 5), alert('b', 5)], { pause, now: 10 }), 'high');
});

test('an alert of urgency 5 that climbs a tier is heard through a pause', () => {
  const pause = startPause([alert('a', 5)], 0);
  assert.equal(heard([alert('a', 5, 'active', 2)], { pause, now: 10 }), 'high');
});

test('a filter cannot silence the two highest urgencies', () => {
  assert.deepEqual(
    [5, 4, 3, 2, 1].map((level) => soundsDespiteFilter(alert('a', level))),
    [true, true, false, false, false],
  );
});
