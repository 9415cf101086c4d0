import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionsFor, eligibleFor } from '../../Console/js/pure/alert-actions.js';
import { changedResponders, countsOf, hasQuorum, othersOf, responderOf, slotsOf } from '../../Console/js/pure/quorum.js';

const person = (userId, requirement, extra = {}) => ({
  userId, name: userId, role: 'nurse', requirement, status: 'coming', respondedAt: '2026-11-21T10:00:00Z',
  estimatedArrivalAt: null, ...extra,
});
const asked = [
  { label: 'Doctor', role: 'doctor', specialization: null, count: 1, filled: 0 },
  { label: 'Nurse', role: 'nurse', specialization: null, count: 2, filled: 1 },
];
const alert = (responders = [], extra = {}) => ({ id: 'a', status: 'active', quorum: asked, responders, ...extra });

test('an alert without requirements has no quorum', () => {
  assert.equal(hasQuorum({ quorum: null }), false);
  assert.equal(hasQuorum({}), false);
  assert.equal(hasQuorum(alert()), true);
  assert.deepEqual(countsOf({ quorum: null, responders: [] }), { asked: 0, coming: 0, arrived: 0, missing: 0 });
});

test('each requirement says who fills it and how many are missing', () => {
  const slots = slotsOf(alert([person('n1', 1)]));
  assert.deepEqual(slots.map((slot) => slot.missing), [1, 1]);
  assert.deepEqual(slots[1].people.map((each) => each.userId), ['n1']);
  assert.deepEqual(countsOf(alert([person('n1', 1, { status: 'arrived' })])), {
    asked: 3, coming: 1, arrived: 1, missing: 2,
  });
});

test('who has arrived stands first, then whoever is there soonest', () => {
  const people = [
    person('late', 1, { estimatedArrivalAt: '2026-11-21T10:09:00Z' }),
    person('unknown', 1),
    person('soon', 1, { estimatedArrivalAt: '2026-11-21T10:02:00Z' }),
    person('here', 1, { status: 'arrived', respondedAt: '2026-11-21T10:05:00Z' }),
  ];
  assert.deepEqual(slotsOf(alert(people))[1].people.map((each) => each.userId), ['here', 'soon', 'late', 'unknown']);
});

test('whoever fills no requirement is shown apart', () => {
  const people = [person('n1', 1), person('extra', null), person('gone', 7)];
  assert.deepEqual(othersOf(alert(people)).map((each) => each.userId), ['extra', 'gone']);
  assert.equal(responderOf(alert(people), 'n1').requirement, 1);
  assert.equal(responderOf(alert(people), 'nobody'), null);
});

test('what changed is who joined and who left', () => {
  const was = alert([person('a', 0), person('b', 1)]);
  const is = alert([person('b', 1, { status: 'arrived' }), person('c', 1)]);
  const { joined, left } = changedResponders(was, is);
  assert.deepEqual([joined, left].map((people) => people.map((each) => each.userId)), [['c'], ['a']]);
  assert.deepEqual(changedResponders({}, alert()), { joined: [], left: [] });
});

const nurse = {
  kind: 'person',
  user: { id: 'me' },
  role: 'nurse',
  isOnDuty: true,
  permissions: ['acknowledge_alerts', 'resolve_alerts'],
};

test('with a quorum one comes, arrives or cannot come after all', () => {
  assert.deepEqual(actionsFor(alert(), nurse), ['come', 'decline']);
  assert.deepEqual(actionsFor(alert([person('me', 1)]), nurse), ['arrive', 'withdraw']);
  assert.deepEqual(actionsFor(alert([person('me', 1, { status: 'arrived' })]), nurse), ['withdraw']);
  assert.deepEqual(
    actionsFor(alert([person('me', 1)], { status: 'acknowledged' }), nurse),
    ['arrive', 'resolve', 'withdraw'],
  );
});

test('whoever cannot fill an open place is not asked to come', () => {
  const full = alert([person('a', 1), person('b', 1)]);
  assert.deepEqual(actionsFor(full, nurse), ['decline']);
  assert.deepEqual(actionsFor(full, { ...nurse, role: 'doctor' }), ['come', 'decline']);
  assert.deepEqual(actionsFor(full, { ...nurse, role: 'head_doctor' }), ['come', 'decline']);
  assert.deepEqual(actionsFor(full, { ...nurse, role: 'hospital_admin' }), ['decline']);
});

test('only the acknowledger transfers, on the alert’s page, and only the delegate takes over', () => {
  const mine = { status: 'acknowledged', acknowledgedBy: 'me', quorum: null };
  assert.deepEqual(actionsFor(mine, nurse), ['resolve']);
  assert.deepEqual(actionsFor(mine, nurse, { onPage: true }), ['resolve', 'transfer']);
  const theirs = { ...mine, acknowledgedBy: 'other', delegatedTo: 'me' };
  assert.deepEqual(actionsFor(theirs, nurse, { onPage: true }), ['takeOver', 'resolve']);
  assert.deepEqual(actionsFor({ ...theirs, delegatedTo: 'third' }, nurse, { onPage: true }), ['resolve']);
});

test('a batch takes only what can be acknowledged or resolved', () => {
  const alerts = [
    { id: '1', status: 'active' },
    { id: '2', status: 'acknowledged' },
    alert([], { id: '3' }),
    alert([person('me', 1)], { id: '4' }),
  ];
  assert.deepEqual(eligibleFor('acknowledge', alerts, nurse).map((each) => each.id), ['1']);
  assert.deepEqual(eligibleFor('resolve', alerts, nurse).map((each) => each.id), ['2']);
  assert.deepEqual(eligibleFor('resolve', alerts, { ...nurse, permissions: ['view_alerts'] }), []);
});
