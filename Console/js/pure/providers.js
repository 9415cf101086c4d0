/** Other providers of accounts, in words. Pure. */

const NAMES = { google: 'Google', github: 'GitHub' };
const PROBLEMS = ['UNAUTHORIZED', 'FORBIDDEN', 'CONFLICT', 'SERVICE_UNAVAILABLE'];

/** @param {string} name as in addresses @returns {string} as people write it */
export function providerName(name) {
  return NAMES[name] ?? name.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join(' ');
}

/** Which sentence says why a sign-in elsewhere failed; null when none did. @param {string} search of the address */
export function problemKey(search) {
  const code = new URLSearchParams(search).get('problem');
  if (!code) return null;
  return `signIn.provider.${PROBLEMS.includes(code) ? code : 'other'}`;
}
