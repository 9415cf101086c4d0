// What the console makes of sockets, delivery logs and queues: pure parts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, readPacket } from '../../Console/js/pure/socket-packets.js';
import { firstWorry, isStirring, movesOf, renewed, spanText, totals } from '../../Console/js/pure/queues.js';
import { inOrder, moved, withoutLink } from '../../Console/js/pure/notifications.js';
import { byTier, counted, isUnsettled, shortSeconds } from '../../Console/js/pure/deliveries.js';

test('223: frames of a socket are read, and whatever is no frame is nothing', () => {
  const open = '0{"sid":"x","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":100000}';
  assert.deepEqual(readPacket(open), { kind: 'open', silenceMilliseconds: 45_000 });
  assert.deepEqual(readPacket('2'), { kind: 'ping' });
  assert.deepEqual(readPacket('40{"sid":"x"}'), { kind: 'connected' });
  assert.deepEqual(readPacket('44{"message":"no","data":{"code":"UNAUTHORIZED"}}'), { kind: 'refused', code: 'UNAUTHORIZED' });
  assert.deepEqual(readPacket('42["queue:updated",{"a":1},"place"]'), { kind: 'event', name: 'queue:updated', data: { a: 1 } });
  assert.deepEqual(readPacket('42["queue:updated"]'), { kind: 'event', name: 'queue:updated', data: null });
  assert.deepEqual(readPacket('431[{"ok":true}]'), { kind: 'answer', number: 1, value: { ok: true } });
  assert.deepEqual(readPacket('41'), { kind: 'left' });
  for (const nonsense of ['', '4', '42', '42{', '42{}', '9', '6', '0nonsense', 'b4AAA', null, undefined]) {
    assert.ok(['unknown', 'open'].includes(readPacket(nonsense).kind), String(nonsense));
  }
  assert.equal(ask(1, 'subscribe:queues'), '421["subscribe:queues"]');
});

const row = (userName, tier, channel, status, extra = {}) => ({
  id: `${userName}-${channel}`, userId: userName, userName, tier, channel, status, kind: 'alert_created', attempts: 1,
  reason: null, createdAt: '2026-11-21T10:00:00Z', secondsAfterAlert: 0.4, ...extra,
});

test('168: a delivery log is told by tier and person, what left Ward first', () => {
  const rows = [
    row('Bob', 2, 'in_app', 'delivered'),
    row('Ada', 1, 'socket', 'sent'),
    row('Ada', 1, 'in_app', 'delivered'),
    row('Ada', 1, 'email', 'sent'),
    row('Ada', 1, 'push', 'failed'),
    row('Ada', 1, 'sms', 'queued', { createdAt: '2026-11-21T10:00:03Z' }),
  ];
  const tiers = byTier(rows);
  assert.deepEqual(tiers.map(({ tier }) => tier), [1, 2]);
  const [ada] = tiers[0].people;
  assert.deepEqual(ada.rows.map(({ channel }) => channel), ['push', 'email', 'in_app', 'socket', 'sms']);
  assert.equal(ada.state, 'sent');
  assert.equal(tiers[1].people[0].state, 'inside', 'a list in Ward is no proof that somebody was reached');
  const at = Date.parse('2026-11-21T10:00:10Z');
  assert.ok(isUnsettled(rows, at));
  assert.ok(!isUnsettled([row('Ada', 1, 'email', 'sent')], at), 'a mail has no receipt');
  assert.ok(isUnsettled([row('Ada', 1, 'sms', 'sent')], at));
  assert.ok(!isUnsettled([row('Ada', 1, 'sms', 'sent')], at + 600_000));
});

test('168: who is counted as reached is told by what left Ward, or by his having read it', () => {
  const state = (...rows) => counted(byTier(rows));
  assert.deepEqual(state(row('A', 1, 'email', 'sent')), { people: 1, reached: 1, waiting: 0, unreached: 0 });
  assert.deepEqual(state(row('A', 1, 'in_app', 'delivered')), { people: 1, reached: 0, waiting: 0, unreached: 0 });
  assert.deepEqual(state(row('A', 1, 'in_app', 'read')), { people: 1, reached: 1, waiting: 0, unreached: 0 });
  assert.deepEqual(state(row('A', 1, 'push', 'failed'), row('A', 1, 'sms', 'queued')),
    { people: 1, reached: 0, waiting: 1, unreached: 0 });
  assert.deepEqual(state(row('A', 1, 'push', 'failed'), row('B', 1, 'sms', 'skipped')),
    { people: 2, reached: 0, waiting: 0, unreached: 1 });
  assert.deepEqual(state(row(null, null, 'email', 'delivered')), { people: 1, reached: 1, waiting: 0, unreached: 0 });
});

test('168: seconds are told as exactly as they matter', () => {
  assert.equal(shortSeconds(0.42), '0.4');
  assert.equal(shortSeconds(9.96), '10');
  assert.equal(shortSeconds(71.6), '72');
  assert.equal(shortSeconds(0.04), '< 0.1');
  assert.equal(shortSeconds(-0.2), '< 0.1');
  assert.equal(shortSeconds(null), null);
});

const queue = (name, numbers = {}) => ({
  queue: name, waiting: 0, delayed: 0, running: 0, dead: 0, workers: 2, doneLastHour: 0, failedLastHour: 0,
  oldestSeconds: null, p95StartMilliseconds: null, ...numbers,
});

test('223: queues are summed, renewed by what moves fast, and the one with most that gave up comes first', () => {
  const queues = [queue('email', { dead: 1, waiting: 3, oldestSeconds: 4 }), queue('sms', { dead: 2 }), queue('tasks')];
  assert.deepEqual(totals(queues), {
    waiting: 3, running: 0, delayed: 0, dead: 3, workers: 6, doneLastHour: 0, oldestSeconds: 4,
  });
  assert.equal(totals([queue('email', { oldestSeconds: 9 })]).oldestSeconds, null, 'nothing waits');
  assert.equal(firstWorry(queues), 'sms');
  assert.equal(firstWorry([queue('email')]), null);
  assert.equal(firstWorry([]), null);
  const [email, , tasks] = renewed(queues, [{ queue: 'email', waiting: 0 }, { queue: 'unknown', waiting: 5 }]);
  assert.deepEqual([email.waiting, email.dead, tasks], [0, 1, queues[2]]);
  assert.deepEqual(queues.map(isStirring), [true, true, false]);
  assert.deepEqual([movesOf('dead'), movesOf('running'), movesOf('nonsense')], [['retry', 'cancel'], [], []]);
});

test('223: waits are told in the unit in which they matter', () => {
  const cases = [[0.004, '4 ms'], [0.9996, '1000 ms'], [1, '1.0 s'], [12.3, '12 s'], [300, '5 min'], [7200, '2 h'],
    [200_000, '2 d'], [-1, '0 ms'], [null, '–']];
  for (const [seconds, text] of cases) assert.equal(spanText(seconds), text);
});

test('168: channels stand in the chosen order, the others behind, and move by one', () => {
  const all = ['push', 'sms', 'whatsapp'];
  assert.deepEqual(inOrder(all, ['sms']).map(({ channel, on }) => `${channel} ${on}`),
    ['sms true', 'push false', 'whatsapp false']);
  assert.deepEqual(inOrder(all, ['fax', 'push']).map(({ channel }) => channel), all);
  assert.deepEqual(moved(all, 2, 1), ['push', 'whatsapp', 'sms']);
  assert.deepEqual(moved(all, 0, -1), all);
  assert.deepEqual(moved(all, 2, 3), all);
});

test('158: a notification does not repeat the address that its title leads to', () => {
  assert.equal(withoutLink('New alert: room 4B. http://ward.example/alerts/1'), 'New alert: room 4B.');
  assert.equal(withoutLink('See https://example.org first'), 'See https://example.org first');
});
