import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hoursOfWeek, lineOf, spansIn, weekOf, weekOfHours } from '../../Console/js/pure/opening-hours.js';

test('80: opening hours are read as people write them, in order', () => {
  assert.deepEqual(spansIn('', 1), []);
  assert.deepEqual(spansIn('14-18, 8:00 – 12:30', 3), [
    { day: 3, opens: '08:00', closes: '12:30' },
    { day: 3, opens: '14:00', closes: '18:00' },
  ]);
  assert.deepEqual(spansIn('0:00 to 24:00', 7), [{ day: 7, opens: '00:00', closes: '24:00' }]);
});

test('80: hours that run backwards, overlap or are none are told', () => {
  for (const text of ['18-8', '8-12, 11-13', 'always', '8:75-9', '8-24:30', '8']) assert.equal(spansIn(text, 1), null, text);
});

test('80: a week is shown in short, days alike together', () => {
  const open = (days) => days.map((day) => ({ day, opens: '08:00', closes: '17:00' }));
  assert.equal(lineOf(open([1]), 1), '08:00–17:00');
  assert.deepEqual(weekOf(open([1, 2, 3, 5])), [
    { from: 1, to: 3, line: '08:00–17:00' },
    { from: 5, to: 5, line: '08:00–17:00' },
  ]);
  assert.deepEqual(weekOf([]), []);
});

test('97: weekly hours may go into the next day, last of their day, and come back from the server as they went', () => {
  assert.deepEqual(spansIn('22-6', 1, { overnight: true }), [{ day: 1, opens: '22:00', closes: '06:00' }]);
  assert.equal(spansIn('22-6, 23-24', 1, { overnight: true }), null);
  const week = weekOfHours(spansIn('22-6, 8-12', 7, { overnight: true }));
  assert.deepEqual(week.sunday, [{ start: '08:00', end: '12:00' }, { start: '22:00', end: '06:00' }]);
  assert.deepEqual(week.monday, []);
  assert.deepEqual(weekOfHours(hoursOfWeek(week)), week);
});
