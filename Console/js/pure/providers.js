/** Other providers of accounts, in words. Pure. */

const NAMES = { google: 'Google', github: 'GitHub' };
const PROBLEMS = ['UNAUTHORIZED', 'FORBIDDEN', 'CONFLICT', 'SERVICE_UNAVAILABLE'];

/** @param {string} name as in addresses @returns {string} as people write it */
export function providerName(name) {
  return NAMES[name] ?? name.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join(' ');
}

/** Whether somebody comes back from another provider whose second factor is still missing. @param {string} search */
export const asksForSecondStep = (search) => new URLSearchParams(search).get('sign-in') === 'code';

/** Where a sign-in leads on: a path of this site, whatever the answer says. @param {unknown} location */
export const pathOf = (location) => (/^\/(?![/\\])/.test(String(location ?? '')) ? String(location) : '/');

/** Which sentence says why a sign-in elsewhere failed; null when none did. @param {string} search of the address */
export function problemKey(search) {
  const code = new URLSearchParams(search).get('problem');
  if (!code) return null;
  return `signIn.provider.${PROBLEMS.includes(code) ? code : 'other'}`;
}
