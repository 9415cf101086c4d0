import assert from 'node:assert/strict';
import test from 'node:test';
import { backupCode, inGroups, sixDigits } from '../../Console/js/pure/codes.js';
import { deviceName } from '../../Console/js/pure/device-name.js';
import { letterParts } from '../../Console/js/pure/letters.js';
import { mailedToken } from '../../Console/js/pure/mailed-token.js';
import { matchRoute } from '../../Console/js/pure/routes.js';
import { waitOf } from '../../Console/js/pure/waits.js';

test('54: a code is six digits, however it is spaced', () => {
  assert.equal(sixDigits('042137'), '042137');
  assert.equal(sixDigits(' 042 137\n'), '042137');
  assert.equal(sixDigits('042-137'), '042137');
  for (const text of ['', '04213', '0421370', '04213a', '０４２１３７']) assert.equal(sixDigits(text), null, text);
});

test('55: a backup code is read with and without its hyphen, in small letters, too', () => {
  for (const text of ['K7QZM-4XA2P', 'k7qzm4xa2p', ' k7qzm 4xa2p ']) assert.equal(backupCode(text), 'K7QZM-4XA2P');
  for (const text of ['', 'K7QZM-4XA2', 'K7QZM-4XA1P', 'K7QZM-4XA2PP']) assert.equal(backupCode(text), null, text);
});

test('54: a secret is shown in groups of four', () => {
  assert.equal(inGroups('ABCDEFGH'), 'ABCD EFGH');
  assert.equal(inGroups('ABCDEFGHI'), 'ABCD EFGH I');
  assert.equal(inGroups(''), '');
});

test('56: a wait is said in the unit of people, and never too short', () => {
  assert.deepEqual(waitOf(0), { unit: 'seconds', count: 1 });
  assert.deepEqual(waitOf(59.2), { unit: 'seconds', count: 60 });
  assert.deepEqual(waitOf(99), { unit: 'seconds', count: 99 });
  assert.deepEqual(waitOf(100), { unit: 'minutes', count: 2 });
  assert.deepEqual(waitOf(900), { unit: 'minutes', count: 15 });
  assert.deepEqual(waitOf(901), { unit: 'minutes', count: 16 });
  assert.deepEqual(waitOf(7201), { unit: 'hours', count: 3 });
  assert.deepEqual(waitOf(Number.NaN), { unit: 'seconds', count: 1 });
});

test('30: a mailed link is a page with its token after the #, and nothing else is taken for one', () => {
  assert.equal(mailedToken('#token=wi_pNqZ0-W2'), 'wi_pNqZ0-W2');
  assert.equal(mailedToken(''), null);
  assert.equal(mailedToken('#main'), null);
  assert.equal(mailedToken('#token='), null);
  assert.equal(mailedToken('#token=<script>'), null);
  assert.equal(mailedToken(`#token=${'x'.repeat(201)}`), null);
  for (const path of ['/verify', '/join', '/reset-password']) assert.notEqual(matchRoute(path).name, 'missing', path);
});

test('43: a device is called by its browser and system, and what is neither by its own words', () => {
  const agents = {
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36':
      ['Chrome', 'Windows'],
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0':
      ['Edge', 'Windows'],
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1 Version/17.0 Safari/604.1':
      ['Safari', 'iPhone'],
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36':
      ['Chrome', 'Android'],
    'Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0': ['Firefox', 'Linux'],
  };
  for (const [agent, [browser, system]] of Object.entries(agents)) {
    assert.deepEqual(deviceName(agent), { browser, system, other: '' });
  }
  assert.deepEqual(deviceName('curl/8.0'), { browser: null, system: null, other: 'curl/8.0' });
  assert.deepEqual(deviceName(null), { browser: null, system: null, other: '' });
  assert.equal(deviceName('x'.repeat(500)).other.length, 60);
});

test('30: a kept letter shows links to pages of this console, and makes a link of nothing else', () => {
  const text = 'Open this:\n\nhttp://ward.example/join#token=wi_a-b\n\nhttps://evil.example/x http://a.example/joined';
  const parts = letterParts(text);
  assert.equal(parts.map((part) => part.text).join(''), text);
  assert.deepEqual(parts.filter((part) => part.path), [
    { text: 'http://ward.example/join#token=wi_a-b', path: '/join#token=wi_a-b' }]);
});
