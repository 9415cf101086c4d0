import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as select from '../../Console/js/pure/selection.js';

const order = ['a', 'b', 'c', 'd'];
const chosen = (...ids) => ids.reduce(select.toggle, select.nothing());

test('one is chosen and let go again', () => {
  assert.deepEqual(chosen('b', 'd').ids, ['b', 'd']);
  assert.deepEqual(chosen('b', 'd', 'b').ids, ['d']);
  assert.equal(select.has(chosen('b'), 'b'), true);
});

test('a range runs from the last chosen one in both directions', () => {
  assert.deepEqual(select.extendTo(chosen('b'), 'd', order).ids, ['b', 'c', 'd']);
  assert.deepEqual(select.extendTo(chosen('c'), 'a', order).ids.sort(), ['a', 'b', 'c']);
  assert.deepEqual(select.extendTo(select.nothing(), 'c', order), { ids: ['c'], anchor: 'c' });
  const gone = { ids: [], anchor: 'gone' };
  assert.deepEqual(select.extendTo(gone, 'c', order).ids, ['c']);
  assert.equal(select.extendTo(gone, 'unknown', order), gone);
});

test('what is not shown any more is not chosen any more', () => {
  const both = chosen('a', 'c');
  assert.equal(select.keepOnly(both, order), both);
  assert.deepEqual(select.keepOnly(both, ['a', 'b']), { ids: ['a'], anchor: 'a' });
  assert.deepEqual(select.keepOnly(both, []), { ids: [], anchor: null });
});

test('what failed in a batch stays chosen', () => {
  const after = select.afterBatch(chosen('a', 'b', 'c'), ['a'], [{ alertId: 'b' }]);
  assert.deepEqual(after.ids, ['b', 'c']);
});

test('a batch never grows beyond its limit', () => {
  const many = Array.from({ length: 80 }, (_, n) => `id${n}`);
  assert.equal(select.all(many).ids.length, select.MOST_SELECTED);
  assert.equal(select.extendTo({ ids: [], anchor: 'id0' }, 'id79', many).ids.length, select.MOST_SELECTED);
});
