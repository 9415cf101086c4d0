import assert from 'node:assert/strict';
import test from 'node:test';
import { asksForSecondStep, pathOf, problemKey, providerName } from '../../Console/js/pure/providers.js';

test('34: providers are called as people call them', () => {
  assert.deepEqual(['google', 'github', 'our-directory'].map(providerName), ['Google', 'GitHub', 'Our Directory']);
});

test('34: an address tells why a sign-in elsewhere failed, and nothing that is put into it is shown', () => {
  assert.equal(problemKey(''), null);
  assert.equal(problemKey('?problem=CONFLICT'), 'signIn.provider.CONFLICT');
  assert.equal(problemKey('?problem=<script>'), 'signIn.provider.other');
});

test('36: a sign-in elsewhere may still miss its second factor, and leads on to a path of this site alone', () => {
  assert.equal(asksForSecondStep('?sign-in=code'), true);
  for (const search of ['', '?sign-in=', '?problem=CONFLICT', '?sign-in=codes']) {
    assert.equal(asksForSecondStep(search), false, search);
  }
  assert.equal(pathOf('/alerts/1'), '/alerts/1');
  for (const place of ['//evil.example', '/\\evil.example', 'https://evil.example', 'x', null]) {
    assert.equal(pathOf(place), '/');
  }
});
