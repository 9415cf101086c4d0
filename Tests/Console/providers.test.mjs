import assert from 'node:assert/strict';
import test from 'node:test';
import { problemKey, providerName } from '../../Console/js/pure/providers.js';

test('34: providers are called as people call them', () => {
  assert.deepEqual(['google', 'github', 'our-directory'].map(providerName), ['Google', 'GitHub', 'Our Directory']);
});

test('34: an address tells why a sign-in elsewhere failed, and nothing that is put into it is shown', () => {
  assert.equal(problemKey(''), null);
  assert.equal(problemKey('?problem=CONFLICT'), 'signIn.provider.CONFLICT');
  assert.equal(problemKey('?problem=<script>'), 'signIn.provider.other');
});
