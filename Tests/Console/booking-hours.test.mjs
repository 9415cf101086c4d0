import assert from 'node:assert/strict';
import test from 'node:test';
import { daysOf, hoursOf, linesOf } from '../../Console/js/pure/booking-hours.js';

const HOURS = [
  { day: 1, start: '08:00', end: '12:00', locationId: 'l1', averageMinutes: 20, isActive: true, from: '2030-01-01', until: null },
  { day: 1, start: '14:00', end: '18:00', locationId: null, averageMinutes: null, isActive: true, from: null, until: null },
  { day: 2, start: '08:00', end: '12:00', locationId: null, averageMinutes: null, isActive: false, from: null, until: null },
];

test('190: hours that are switched off are not lines', () => {
  assert.deepEqual(linesOf(HOURS), [
    { day: 1, opens: '08:00', closes: '12:00' }, { day: 1, opens: '14:00', closes: '18:00' },
  ]);
});

test('190: what stays keeps its place, dates and minutes; what is switched off stays so; the rest is new', () => {
  const back = hoursOf([{ day: 1, opens: '08:00', closes: '12:00' }, { day: 3, opens: '09:00', closes: '10:00' }], HOURS);
  assert.deepEqual(back, [
    { day: 1, start: '08:00', end: '12:00', locationId: 'l1', averageMinutes: 20, isActive: true, from: '2030-01-01' },
    { day: 3, start: '09:00', end: '10:00' },
    { day: 2, start: '08:00', end: '12:00', isActive: false },
  ]);
});

test('190: lines that nobody touched give the same hours', () => {
  const same = hoursOf(linesOf(HOURS), HOURS);
  assert.equal(same.length, 3);
  assert.deepEqual(same.map(({ day, start }) => [day, start]), HOURS.map(({ day, start }) => [day, start]));
});

test('169: a time off is one day, or its first and last', () => {
  const dayOf = (moment) => new Date(moment).toISOString().slice(0, 10);
  assert.deepEqual(daysOf({ from: '2031-01-07T00:00:00Z', to: '2031-01-08T00:00:00Z' }, dayOf), ['2031-01-07']);
  assert.deepEqual(daysOf({ from: '2031-01-07T00:00:00Z', to: '2031-01-10T00:00:00Z' }, dayOf), ['2031-01-07', '2031-01-09']);
});
