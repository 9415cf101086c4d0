// The live board with a stream and a list that the test holds in its hand. No timer is waited for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLiveBoard } from '../../Console/js/app/live-board.js';
import { createServerClock } from '../../Console/js/pure/server-clock.js';

const TEN = '2026-11-21T10:00:00Z';
const alert = (id, extra = {}) => ({
  id, urgencyLevel: 4, status: 'active', version: 1, createdAt: TEN, updatedAt: TEN, ...extra,
});

/** Lets every promise that can settle do so. */
const settle = async () => {
  for (let i = 0; i < 20; i += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** A board whose lines and list answers come when the test says so. */
function rig(t) {
  const lines = [];
  const lists = [];
  const fetchBefore = globalThis.fetch;
  globalThis.fetch = async (_url, options) => {
    let controller;
    const body = new ReadableStream({ start: (c) => (controller = c) });
    options.signal.addEventListener('abort', () => {
      try {
        controller.error(new DOMException('aborted', 'AbortError'));
      } catch {
        // was closed already
      }
    });
    const write = (text) => controller.enqueue(new TextEncoder().encode(text));
    lines.push({
      headers: options.headers,
      send: (number, name, data) => write(
        `${number === null ? '' : `id: ${number}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`,
      ),
      close: () => controller.close(),
    });
    return new Response(body, { status: 200 });
  };
  const refused = [];
  const board = createLiveBoard({
    api: {
      events: 'http://ward.test/api/v1/events',
      credentials: (headers) => ({ headers }),
      openAlerts: () => new Promise((resolve, reject) => lists.push({ resolve, reject })),
    },
    clock: createServerClock({ monotonic: () => performance.now() }),
    onRefused: (status) => refused.push(status),
    onSignedOut: () => refused.push('signed-out'),
  });
  t.after(() => {
    board.stop();
    globalThis.fetch = fetchBefore;
  });
  board.start();
  return { board, lines, lists, refused, ids: () => board.alerts().map((a) => a.id) };
}

test('an alert that comes while the list is on its way stays', async (t) => {
  const { board, lines, lists, ids } = rig(t);
  await settle();
  lines[0].send(null, 'hello', { serverTime: '2026-11-21T10:00:00Z', number: 5 });
  await settle();
  lines[0].send(6, 'alert:new', alert('new'));
  await settle();
  assert.deepEqual(ids(), ['new'], 'shown before any list has come');
  lists[0].resolve([alert('old')]);
  await settle();
  assert.deepEqual(ids().sort(), ['new', 'old']);
  assert.equal(board.loaded, true);
});

test('a resumed line asks for what came after the last number it has taken in', async (t) => {
  const { board, lines, lists } = rig(t);
  await settle();
  assert.equal(lines[0].headers['Last-Event-ID'], undefined);
  lines[0].send(null, 'hello', { serverTime: '2026-11-21T10:00:00Z', number: 5 });
  lines[0].send(8, 'alert:new', alert('a'));
  lists[0].resolve([alert('a')]);
  await settle();
  board.reconnect();
  await settle();
  assert.equal(lines[1].headers['Last-Event-ID'], '8');
});

test('a reset takes the list again and a line after it resumes from the reset', async (t) => {
  const { board, lines, lists, ids } = rig(t);
  await settle();
  lines[0].send(3, 'alert:new', alert('a'));
  lists[0].resolve([alert('a')]);
  await settle();
  const before = lists.length;
  lines[0].send(null, 'reset', { number: 90 });
  await settle();
  for (const list of lists.slice(before - 1)) list.resolve([alert('b')]);
  await settle();
  assert.deepEqual(ids(), ['b']);
  board.reconnect();
  await settle();
  assert.equal(lines.at(-1).headers['Last-Event-ID'], '90');
});

test('listeners hear of first load, news and removals, and of nothing twice', async (t) => {
  const { board, lines, lists } = rig(t);
  const told = [];
  board.on(({ changes, source }) => told.push([source, ...changes.map((c) => c.kind)]));
  await settle();
  lists[0].resolve([alert('a')]);
  await settle();
  lines[0].send(1, 'alert:new', alert('b'));
  lines[0].send(1, 'alert:new', alert('b'));
  lines[0].send(2, 'alert:updated', alert('a', { status: 'resolved', version: 2 }));
  await settle();
  assert.deepEqual(told, [['first', 'added'], ['event', 'added'], ['event', 'removed']]);
});

test('an event that cannot be read takes the list instead of being skipped', async (t) => {
  const { lines, lists } = rig(t);
  await settle();
  lists[0].resolve([]);
  lines[0].send(1, 'alert:new', alert('a'));
  await settle();
  const before = lists.length;
  for (const list of lists) list.resolve([alert('a')]);
  await settle();
  lines[0].send(2, 'alert:new', undefined);
  await settle();
  assert.ok(lists.length > before);
});
