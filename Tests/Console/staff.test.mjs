import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingPeople } from '../../Console/js/pure/readiness.js';
import { addDays, dayOf, mondayOf, planDays } from '../../Console/js/pure/week-plan.js';

const ZONE = 'Europe/Berlin';

test('97: a week begins on Monday, in the hospital’s own time', () => {
  assert.equal(mondayOf('2026-11-22'), '2026-11-16');
  assert.equal(mondayOf('2026-11-23'), '2026-11-23');
  assert.equal(addDays('2026-02-28', 1), '2026-03-01');
  assert.equal(dayOf(Date.parse('2026-11-21T23:30:00Z'), ZONE), '2026-11-22');
});

test('97: a night shift stands on both of its days, cut at the hospital’s midnight', () => {
  const night = { from: '2026-11-21T21:00:00Z', to: '2026-11-22T05:00:00Z' };
  const day = { from: '2026-11-22T07:00:00Z', to: '2026-11-22T15:00:00Z' };
  const [saturday, sunday] = planDays([day, night], '2026-11-21', 2, ZONE);
  assert.deepEqual(saturday.parts.map(({ opens, closes, begins }) => [opens, closes, begins]), [['22:00', '24:00', true]]);
  assert.deepEqual(sunday.parts.map(({ opens, closes, begins }) => [opens, closes, begins]), [
    ['00:00', '06:00', false],
    ['08:00', '16:00', true],
  ]);
});

test('97: a day on which the clocks change has its own length', () => {
  const whole = { from: '2026-10-24T22:00:00Z', to: '2026-10-25T23:00:00Z' };
  const days = planDays([whole], '2026-10-24', 3, ZONE).map(({ parts }) => parts.map(({ opens, closes }) => `${opens}-${closes}`));
  assert.deepEqual(days, [[], ['00:00-24:00'], []]);
});

test('97: what is missing is said once for each kind of people and place, whole groups first', () => {
  const lack = (urgencyLevel, group, departmentId = null) => ({ scheduleId: null, urgencyLevel, group, departmentId, words: 'w' });
  const schedule = { scheduleId: 's', urgencyLevel: null, group: null, departmentId: null, words: 'Nights: nobody.' };
  const found = missingPeople([lack(3, 'nurses', 'icu'), lack(5, 'nurses', 'icu'), schedule, lack(4, 'doctors'), lack(4, 'doctors')]);
  assert.deepEqual(found.map(({ group, departmentId, urgencies }) => [group, departmentId, urgencies]), [
    ['doctors', null, [4]],
    [null, null, []],
    ['nurses', 'icu', [5, 3]],
  ]);
  assert.equal(found[1].words, 'Nights: nobody.');
  assert.deepEqual(missingPeople([]), []);
});
