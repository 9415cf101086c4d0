import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createQueues } from '../../Console/js/app/queues.js';
import { canArrive } from '../../Console/js/pure/appointments.js';
import {
  MOST_NEXT, columnsFor, inQueueOrder, isNight, newlyCalled, orderAfter, roomRows,
} from '../../Console/js/pure/day-queue.js';
import {
  byDrug, drugOf, isOpen, isTimeTaken, isVerificationCode, mayWrite, missingIn, takenElsewhere, threads, visitsBefore, warningsOf,
} from '../../Console/js/pure/prescriptions.js';
import { matchRoute } from '../../Console/js/pure/routes.js';

const entry = (number, state = 'waiting', more = {}) => ({
  id: `e${number}`, appointmentId: `a${number}`, number, state, position: state === 'waiting' ? number : 0, waitMinutes: 15 * number, ...more,
});
const queue = (doctorId, ...entries) => ({ doctorId, date: '2026-11-22', version: 1, entries });

test('182: a waiting room is told numbers and minutes, doctor by doctor, and nothing else of anybody', () => {
  const names = new Map([['d1', 'Dr Zoe'], ['d2', 'Dr Adam']]);
  const rows = roomRows([queue('d1', entry(1, 'in_progress'), entry(2)), queue('d2', entry(7)), queue('d3')], names);
  assert.deepEqual(rows, [
    { doctorId: 'd2', name: 'Dr Adam', now: [], next: [{ number: 7, minutes: 105 }], more: 0 },
    { doctorId: 'd1', name: 'Dr Zoe', now: [1], next: [{ number: 2, minutes: 30 }], more: 0 },
  ]);
  const many = roomRows([queue('d1', ...Array.from({ length: 8 }, (_, index) => entry(index + 1)))], names, ['d1']);
  assert.deepEqual([many[0].next.length, many[0].more], [MOST_NEXT, 3]);
  assert.deepEqual(roomRows([queue('d1', entry(1))], names, ['d2']), []);
});

test('182: a number is called when it is with a doctor and was not before', () => {
  const rows = (...now) => [{ doctorId: 'd', now }, { doctorId: 'e', now: [1] }];
  assert.deepEqual(newlyCalled(rows(), rows(4)).map(({ row, number }) => [row.doctorId, number]), [['d', 4]]);
  assert.deepEqual(newlyCalled(rows(4), rows(4)), []);
  assert.deepEqual(newlyCalled([], rows()).map(({ number }) => number), [1]);
});

test('182: whoever is moved changes his place and nobody else’s order; at an end there is nowhere to go', () => {
  const shown = queue('d', entry(9, 'in_progress'), entry(1), entry(2), entry(3));
  assert.deepEqual(orderAfter(shown, 'e3', -1), ['e1', 'e3', 'e2']);
  assert.deepEqual(orderAfter(shown, 'e1', 1), ['e2', 'e1', 'e3']);
  for (const [id, by] of [['e1', -1], ['e3', 1], ['e9', 1], ['nobody', 1]]) assert.equal(orderAfter(shown, id, by), null);
});

test('182: a doctor’s visits stand in the order of the queue, the others behind as they were', () => {
  const visits = [{ id: 'x' }, { id: 'a2' }, { id: 'y' }, { id: 'a1' }];
  assert.deepEqual(inQueueOrder(visits, queue('d', entry(1), entry(2))).map(({ id }) => id), ['a1', 'a2', 'x', 'y']);
  assert.deepEqual(inQueueOrder(visits, null), visits);
});

test('182: a queue is asked for again only when its version is another', async () => {
  let version = 1;
  const asked = [];
  const store = createQueues({
    queueFigures: async () => [
      { doctorId: 'd', date: '2026-11-22', version, waiting: 1, inProgress: 0 },
      { doctorId: 'idle', date: '2026-11-22', version: 4, waiting: 0, inProgress: 0 },
    ],
    doctorQueue: async (doctorId) => {
      asked.push(doctorId);
      return { ...queue(doctorId, entry(1)), version };
    },
  });
  assert.equal((await store.load()).length, 1);
  await store.load();
  assert.deepEqual(asked, ['d']);
  version = 2;
  assert.equal((await store.load({ doctorId: 'd' }))[0].version, 2);
  assert.deepEqual(asked, ['d', 'd']);
  assert.deepEqual(await store.load({ doctorId: 'other' }), []);
});

test('a wall has as many columns as can be read, and is dark by night', () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5, 9, 10, 12].map(columnsFor), [1, 1, 2, 3, 2, 3, 3, 4, 4]);
  assert.deepEqual(['06:59', '07:00', '18:59', '19:00', '00:00'].map((at) => isNight(`2026-11-22T${at}`)), [true, false, false, true, true]);
});

test('192: a patient may say that he is here for what he has to come to, around its time', () => {
  const at = Date.parse('2026-11-22T10:00:00Z');
  const visit = { status: 'scheduled', medium: 'in_person', startsAt: '2026-11-22T10:30:00Z' };
  assert.equal(canArrive(visit, at), true);
  assert.equal(canArrive({ ...visit, medium: 'video' }, at), false);
  assert.equal(canArrive({ ...visit, status: 'checked_in' }, at), false);
  assert.equal(canArrive({ ...visit, startsAt: '2026-11-24T10:30:00Z' }, at), false);
});

test('198: amendments stand under the note that they correct', () => {
  const notes = [{ id: '1', amends: null }, { id: '2', amends: '1' }, { id: '3', amends: null }, { id: '4', amends: '1' }];
  assert.deepEqual(threads(notes).map(({ note, amendments }) => [note.id, ...amendments.map(({ id }) => id)]), [['1', '2', '4'], ['3']]);
});

test('197, 198: only its doctor writes at a visit: notes once the patient is there, prescriptions once it is over', () => {
  const told = (status, me = 'd') => Object.values(mayWrite({ status, doctorId: 'd' }, me)).map(Number).join('');
  assert.deepEqual(['scheduled', 'checked_in', 'in_progress', 'completed', 'cancelled'].map((status) => told(status)), ['00', '10', '10', '11', '00']);
  assert.equal(told('completed', 'other'), '00');
});

test('197: what is missing in a drug is known before it is sent, and how long it is taken is a time', () => {
  const drug = drugOf({ name: ' Ibuprofen ', dosage: '', frequency: '3 a day', duration: '5 days', instructions: ' ' });
  assert.deepEqual(drug, { name: 'Ibuprofen', frequency: '3 a day', duration: '5 days' });
  assert.deepEqual(missingIn(drug), ['dosage']);
  assert.deepEqual(['5 days', '1 week', '12 months', '0 days', '5days', 'soon', '1000 days'].map(isTimeTaken),
    [true, true, true, false, false, false, false]);
});

test('197: a bad field is found in its drug, however its path is written', () => {
  const { drugs, rest } = byDrug([
    { path: 'medications.1.duration', message: 'a' }, { path: 'medications[0].name', message: 'b' }, { path: 'followUpDate', message: 'c' },
  ]);
  assert.deepEqual([...drugs], [[1, [{ path: 'duration', message: 'a' }]], [0, [{ path: 'name', message: 'b' }]]]);
  assert.deepEqual(rest, [{ path: 'followUpDate', message: 'c' }]);
});

test('197: what speaks against a drug is told by its name; what is given out or over is not taken back', () => {
  assert.deepEqual(warningsOf([{ medication: 1, reason: 'allergy' }], ['A', 'B']), [{ name: 'B', reason: 'allergy', medication: 1 }]);
  const told = (status, dispensedAt = null) => isOpen({ status, dispensedAt });
  assert.deepEqual([told('active'), told('active', '2026-11-22T10:00:00Z'), told('replaced'), told('cancelled')], [true, false, false, false]);
  const all = [{ appointmentId: 'x', status: 'active' }, { appointmentId: 'y', status: 'active' }, { appointmentId: 'z', status: 'replaced' }];
  assert.deepEqual(takenElsewhere(all, 'x').map(({ appointmentId }) => appointmentId), ['y']);
});

test('198: earlier visits are those that took place before, the last first', () => {
  const visit = (id, day, status = 'completed') => ({ id, status, startsAt: `2026-11-${day}T10:00:00Z` });
  const all = [visit('a', '01'), visit('b', '05'), visit('c', '07', 'cancelled'), visit('d', '20'), visit('now', '10')];
  assert.deepEqual(visitsBefore(all, visit('now', '10'), 5).map(({ id }) => id), ['b', 'a']);
  assert.deepEqual(visitsBefore(all, visit('now', '10'), 1).map(({ id }) => id), ['b']);
});

test('the pages of visits have addresses with an id and nothing else', () => {
  assert.deepEqual(matchRoute('/visits/0192-ab'), { name: 'visit', params: { id: '0192-ab' } });
  assert.deepEqual(matchRoute('/prescriptions/1'), { name: 'prescription', params: { id: '1' } });
  assert.deepEqual(matchRoute('/my-prescriptions/1'), { name: 'ownPrescription', params: { id: '1' } });
  assert.equal(matchRoute('/waiting-room').name, 'waitingRoom');
});

test('197: a code is read with its dashes and without, in small letters too; nothing else is one', () => {
  for (const good of ['7KQ2M-9TZ4D-0HXVB-3RWNE', ' 7kq2m9tz4d0hxvb3rwne ']) assert.equal(isVerificationCode(good), true, good);
  for (const bad of ['', '7KQ2M', '7KQ2M-9TZ4D-0HXVB-3RWNEE', 'UKQ2M-9TZ4D-0HXVB-3RWNE', '7KQ2M 9TZ4D 0HXVB 3RWNE']) {
    assert.equal(isVerificationCode(bad), false, bad);
  }
});
