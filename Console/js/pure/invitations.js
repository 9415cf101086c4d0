/** Where an invitation or a join code stands. Pure. */

/** @param {{acceptedAt, revokedAt, expiresAt}} invitation @param {number} now */
export function invitationState(invitation, now) {
  if (invitation.acceptedAt) return 'accepted';
  if (invitation.revokedAt) return 'revoked';
  return Date.parse(invitation.expiresAt) <= now ? 'expired' : 'open';
}

/** Those that can still be taken, and the others; newest first. */
export function openInvitations(invitations, now) {
  const newest = invitations.toSorted((one, other) => other.createdAt.localeCompare(one.createdAt));
  return {
    open: newest.filter((each) => invitationState(each, now) === 'open'),
    past: newest.filter((each) => invitationState(each, now) !== 'open'),
  };
}

/** @param {{uses, maxUses, revokedAt, expiresAt}} code */
export const letsIn = (code, now) => !code.revokedAt && code.uses < code.maxUses && Date.parse(code.expiresAt) > now;
