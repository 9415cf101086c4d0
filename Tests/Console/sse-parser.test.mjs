import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSseParser } from '../../Console/js/pure/sse-parser.js';

/** The same text in every possible pair of pieces must give the same events. */
function inEveryCut(text) {
  const whole = createSseParser().push(text);
  for (let cut = 0; cut <= text.length; cut += 1) {
    const parser = createSseParser();
    assert.deepEqual([...parser.push(text.slice(0, cut)), ...parser.push(text.slice(cut))], whole, `cut at ${cut}`);
  }
  return whole;
}

test('an event has id, name and data', () => {
  const events = inEveryCut('id: 123\nevent: alert:new\ndata: {"id":"a"}\n\n');
  assert.deepEqual(events, [{ id: '123', name: 'alert:new', data: '{"id":"a"}' }]);
});

test('line ends may be LF, CR LF or CR, however the pieces are cut', () => {
  const expected = [{ id: '1', name: 'x', data: 'a' }, { id: '1', name: 'message', data: 'b' }];
  for (const end of ['\n', '\r\n', '\r']) {
    const text = ['id: 1', 'event: x', 'data: a', '', 'data: b', '', ''].join(end);
    const parser = createSseParser();
    const events = [];
    for (const character of text) events.push(...parser.push(character));
    events.push(...parser.push('\n'));
    assert.deepEqual(events, expected, JSON.stringify(end));
  }
});

test('several data lines are joined by a line feed', () => {
  assert.deepEqual(inEveryCut('data: a\ndata:\ndata:  b\n\n'), [{ id: null, name: 'message', data: 'a\n\n b' }]);
});

test('a heartbeat comment comes back as a comment and ends no event', () => {
  const events = inEveryCut(': still here\ndata: a\n:\n\n');
  assert.deepEqual(events, [{ comment: 'still here' }, { comment: '' }, { id: null, name: 'message', data: 'a' }]);
});

test('an event without data is not delivered and its name does not leak into the next', () => {
  assert.deepEqual(inEveryCut('event: a\n\ndata: b\n\n'), [{ id: null, name: 'message', data: 'b' }]);
});

test('the id stays for following events, and one with a NUL is ignored', () => {
  const events = inEveryCut('id: 7\ndata: a\n\nid: 8\0\ndata: b\n\n');
  assert.deepEqual(events.map((event) => event.id), ['7', '7']);
});

test('a byte order mark at the very start is skipped', () => {
  assert.deepEqual(createSseParser().push('\ufeffdata: a\n\n'), [{ id: null, name: 'message', data: 'a' }]);
});

test('an unfinished event is held back', () => {
  const parser = createSseParser();
  assert.deepEqual(parser.push('data: a\n'), []);
  assert.equal(parser.push('\n').length, 1);
});

test('a line or an event without end is refused instead of filling the memory', () => {
  const piece = 'x'.repeat(1_000_000);
  const line = createSseParser();
  assert.throws(() => {
    for (let i = 0; i < 6; i += 1) line.push(piece);
  }, RangeError);
  const event = createSseParser();
  assert.throws(() => {
    for (let i = 0; i < 6; i += 1) event.push(`data: ${piece}\n`);
  }, RangeError);
});
