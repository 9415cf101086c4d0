import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressesIn } from '../../Console/js/pure/addresses.js';
import { invitationState, letsIn, openInvitations } from '../../Console/js/pure/invitations.js';

const NOW = Date.parse('2026-11-21T12:00:00Z');

test('89: addresses are read as people paste them, each once, and what is none is kept for the server to name', () => {
  assert.deepEqual(addressesIn(''), []);
  assert.deepEqual(addressesIn(' a@x.org, b@x.org;c@x.org\nd@x.org  e@x.org '), [
    'a@x.org', 'b@x.org', 'c@x.org', 'd@x.org', 'e@x.org',
  ]);
  assert.deepEqual(addressesIn('Vera Example <Vera@X.org>, vera@x.org'), ['vera@x.org']);
  assert.deepEqual(addressesIn('good@x.org nobody'), ['good@x.org', 'nobody']);
});

test('89: an invitation is open until it is taken, taken back or over; the newest stands first', () => {
  const base = { acceptedAt: null, revokedAt: null, expiresAt: '2026-11-22T00:00:00Z', createdAt: '2026-11-20T00:00:00Z' };
  assert.equal(invitationState(base, NOW), 'open');
  assert.equal(invitationState({ ...base, expiresAt: '2026-11-21T12:00:00Z' }, NOW), 'expired');
  assert.equal(invitationState({ ...base, revokedAt: base.createdAt }, NOW), 'revoked');
  assert.equal(invitationState({ ...base, acceptedAt: base.createdAt, expiresAt: base.createdAt }, NOW), 'accepted');
  const newer = { ...base, createdAt: '2026-11-21T00:00:00Z' };
  const over = { ...base, revokedAt: base.createdAt };
  assert.deepEqual(openInvitations([base, over, newer], NOW), { open: [newer, base], past: [over] });
});

test('89: a join code lets in while it is neither used up nor over nor taken back', () => {
  const code = { uses: 2, maxUses: 3, revokedAt: null, expiresAt: '2026-11-22T00:00:00Z' };
  assert.equal(letsIn(code, NOW), true);
  assert.equal(letsIn({ ...code, uses: 3 }, NOW), false);
  assert.equal(letsIn({ ...code, revokedAt: '2026-11-21T00:00:00Z' }, NOW), false);
  assert.equal(letsIn({ ...code, expiresAt: '2026-11-21T12:00:00Z' }, NOW), false);
});
