import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barLength, byDepartment, mostOf, rate, share, spanOf, totalOf } from '../../Console/js/pure/figures.js';

const row = (departmentId, shift, extra = {}) => ({
  departmentId, departmentName: departmentId && `Ward ${departmentId}`, shift, interruptions: 0, staffHours: 0,
  alerts: 0, actedOn: 0, repeatsMerged: 0, ...extra,
});

test('what was not counted is a dash, never a zero', () => {
  assert.equal(share(null), '–');
  assert.equal(share(0), '0 %');
  assert.equal(share(0.666), '67 %');
  assert.equal(rate(undefined), '–');
  assert.equal(rate(0.5), '0.50');
  assert.equal(rate(12.345), '12.3');
});

test('a total is made of sums, not of means', () => {
  const total = totalOf([
    row('a', 'day', { interruptions: 10, staffHours: 10, alerts: 4, actedOn: 4 }),
    row('a', 'night', { interruptions: 10, staffHours: 30, alerts: 12, actedOn: 4, interruptionsPerStaffHour: 9 }),
  ]);
  assert.equal(total.interruptionsPerStaffHour, 0.5);
  assert.equal(total.shareActedOn, 0.5);
  assert.equal(totalOf([row('a', 'day')]).interruptionsPerStaffHour, null);
  assert.equal(totalOf([]).shareActedOn, null);
});

test('departments stand by their load, shifts by the hour', () => {
  const groups = byDepartment([
    row('a', 'night'), row('a', 'day'), row('b', 'evening', { interruptions: 3 }), row(null, 'day'),
  ]);
  assert.deepEqual(groups.map((group) => group.departmentId), ['b', 'a', null]);
  assert.deepEqual(groups[1].rows.map((each) => each.shift), ['day', 'night']);
});

test('bars are shares of the longest and never leave their box', () => {
  assert.equal(barLength(5, 10), 50);
  assert.equal(barLength(20, 10), 100);
  assert.equal(barLength(null, 10), 0);
  assert.equal(barLength(5, 0), 0);
  assert.equal(mostOf([{ n: 2 }, { n: null }, { n: 7 }], 'n'), 7);
});

test('a range ends now', () => {
  assert.deepEqual(spanOf('24h', 86_400_000), { from: 0, to: 86_400_000 });
});
