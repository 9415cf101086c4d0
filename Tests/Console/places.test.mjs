import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineOf, spansIn, weekOf } from '../../Console/js/pure/opening-hours.js';

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
