import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createTimeFormat, plural, t, word } from '../../Console/js/i18n.js';
import { STRINGS } from '../../Console/js/strings.js';
import { actionsFor } from '../../Console/js/pure/alert-actions.js';
import { formatCountdown, formatDuration, isoDuration } from '../../Console/js/pure/durations.js';
import { matchRoute } from '../../Console/js/pure/routes.js';

const ROOT = fileURLToPath(new URL('../../Console/', import.meta.url));
const files = (ending) => readdirSync(ROOT, { recursive: true }).filter((name) => name.endsWith(ending)).map((name) => [
  name,
  readFileSync(ROOT + name, 'utf8'),
]);

test('every word that the console asks for exists', () => {
  for (const [name, text] of files('.js')) {
    for (const [, call, key] of text.matchAll(/\b(t|plural)\(\s*'([a-zA-Z]+\.[a-zA-Z.]+)'/g)) {
      const full = call === 'plural' ? `${key}.other` : key;
      assert.ok(full in STRINGS, `${name}: ${full}`);
    }
  }
});

test('no clock of the client, no markup from strings, no inline code or style', () => {
  for (const [name, text] of files('.js')) {
    assert.doesNotMatch(text, /Date\.now\(|new Date\(\)/, name);
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/, name);
    assert.doesNotMatch(text, /setAttribute\('(style|on\w+)'/, name);
  }
  for (const [name, text] of files('.html')) {
    assert.doesNotMatch(text, /\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)/, name);
    assert.doesNotMatch(text, /(src|href)="(?!\/)/, `${name}: only absolute paths, for it is served at any depth`);
  }
});

test('no file is longer than two hundred lines', () => {
  for (const [name, text] of [...files('.js'), ...files('.css')]) {
    if (!name.endsWith('strings.js')) assert.ok(text.split('\n').length <= 201, `${name}: ${text.split('\n').length}`);
  }
});

test('durations read well at every length', () => {
  const cases = [
    [0, '0:00'],
    [-5, '0:00'],
    [7_999, '0:07'],
    [760_000, '12:40'],
    [3_909_000, '1:05:09'],
    [183_600_000, '2 d 3 h'],
    [NaN, '–:––'],
  ];
  for (const [milliseconds, text] of cases) assert.equal(formatDuration(milliseconds), text);
  assert.equal(formatCountdown(4_001), '0:05');
  assert.equal(formatCountdown(0), '0:00');
  assert.equal(isoDuration(3_909_000), 'PT1H5M9S');
});

test('values fill a text, plurals follow the language, unknown words become readable', () => {
  assert.equal(t('card.since', { time: '10:02' }), 'since 10:02');
  assert.equal(plural('staff.count', 1), '1 person is on duty.');
  assert.equal(plural('staff.count', 2), '2 people are on duty.');
  assert.equal(word('type', 'water_leak'), 'Water leak');
  assert.equal(word('type', null), '');
});

test('times are the hospital’s, and an unknown zone does not stop the page', () => {
  const moment = '2026-11-21T13:03:12Z';
  assert.equal(createTimeFormat('Europe/Berlin').second(moment), '14:03:12');
  assert.equal(createTimeFormat('Asia/Kolkata').minute(moment), '18:33');
  assert.match(createTimeFormat('Mars/Olympus').minute(moment), /^\d\d:\d\d$/);
  assert.equal(createTimeFormat('Europe/Berlin').second('never'), '–');
});

test('buttons follow permission, state and duty', () => {
  const all = ['acknowledge_alerts', 'resolve_alerts', 'escalate_alerts', 'cancel_alerts'];
  const person = { kind: 'person', permissions: all, isOnDuty: true };
  assert.deepEqual(actionsFor({ status: 'active' }, person), ['acknowledge', 'decline', 'escalate', 'cancel']);
  assert.deepEqual(
    actionsFor({ status: 'active' }, { ...person, isOnDuty: false }),
    ['acknowledge', 'escalate', 'cancel'],
  );
  assert.deepEqual(actionsFor({ status: 'acknowledged' }, person), ['resolve', 'cancel']);
  assert.deepEqual(actionsFor({ status: 'resolved' }, person), []);
  assert.deepEqual(actionsFor({ status: 'active' }, { ...person, permissions: ['view_alerts'] }), []);
  assert.deepEqual(actionsFor({ status: 'active' }, { ...person, kind: 'screen' }), []);
  assert.deepEqual(actionsFor({ status: 'active' }, null), []);
});

test('paths find their page', () => {
  assert.equal(matchRoute('/').name, 'board');
  assert.equal(matchRoute('/board/').name, 'board');
  assert.deepEqual(matchRoute('/alerts/0192-ab'), { name: 'alert', params: { id: '0192-ab' } });
  assert.equal(matchRoute('/alerts/../x').name, 'missing');
  assert.equal(matchRoute('/nothing').name, 'missing');
});
