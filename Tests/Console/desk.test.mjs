import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionsOf, aheadAndPast, dayParts, isOver, nextQuarter, nextStep } from '../../Console/js/pure/appointments.js';

const STATES = ['held', 'scheduled', 'confirmed', 'checked_in', 'in_progress', 'completed', 'cancelled', 'no_show', 'expired'];
const visit = (status, medium = 'in_person', more = {}) => ({ status, medium, ...more });
const all = () => true;
const only = (...permissions) => (permission) => permissions.includes(permission);

test('171: who comes in person is checked in before the visit begins; a video begins from confirmed', () => {
  const told = (medium) => STATES.map((status) => nextStep(visit(status, medium)));
  assert.deepEqual(told('in_person'), ['confirm', 'checkIn', 'checkIn', 'start', 'complete', null, null, null, null]);
  assert.deepEqual(told('video'), ['confirm', 'confirm', 'start', 'start', 'complete', null, null, null, null]);
});

test('171: everything that may be done is offered, what comes next first, and nothing with what is over', () => {
  const told = (status, can = all) => actionsOf(visit(status), can).join(' ');
  assert.equal(told('held'), 'confirm move cancel');
  assert.equal(told('scheduled'), 'checkIn confirm move noShow cancel');
  assert.equal(told('confirmed'), 'checkIn move noShow cancel');
  assert.equal(told('checked_in'), 'start noShow cancel');
  assert.equal(told('in_progress'), 'complete cancel');
  assert.equal(told('no_show'), 'move');
  for (const status of ['completed', 'cancelled', 'expired']) assert.equal(told(status), '');
});

test('171: nobody is offered what the role does not include', () => {
  assert.deepEqual(actionsOf(visit('checked_in'), only('manage_appointments')), ['noShow', 'cancel']);
  assert.deepEqual(actionsOf(visit('checked_in'), only('conduct_visits')), ['start']);
  for (const status of STATES) assert.deepEqual(actionsOf(visit(status), only('view_appointments')), []);
});

test('every state of a visit stands in exactly one part of the day', () => {
  const parts = dayParts(STATES.map((status) => visit(status)));
  assert.deepEqual(Object.values(parts).flat().map(({ status }) => status).sort(), [...STATES].sort());
  assert.deepEqual(parts.over.every(isOver), true);
  assert.deepEqual([...parts.now, ...parts.waiting, ...parts.later].some(isOver), false);
});

test('what is coming is told before what was: the next first, the last first', () => {
  const at = (hour, status) => visit(status, 'in_person', { hour, endsAt: `2026-11-22T${hour}:00:00Z` });
  const visits = [at('08', 'completed'), at('09', 'scheduled'), at('12', 'cancelled'), at('13', 'held'), at('14', 'confirmed')];
  const { ahead, past } = aheadAndPast(visits, Date.parse('2026-11-22T10:00:00Z'));
  assert.deepEqual(ahead.map(({ hour }) => hour), ['13', '14']);
  assert.deepEqual(past.map(({ hour }) => hour), ['12', '09', '08']);
});

test('the next quarter of an hour is proposed', () => {
  const at = (text) => Date.parse(`2026-11-22T${text}Z`);
  assert.equal(nextQuarter(at('10:01:00')), at('10:15:00'));
  assert.equal(nextQuarter(at('10:15:00')), at('10:15:00'));
});
