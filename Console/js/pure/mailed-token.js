/** The token of a mailed link. It stands after the `#`: no server, no log and no referrer ever sees it. Pure. */

const LONGEST = 200;

/** @param {string} hash of the address, with its `#` @returns {string|null} */
export function mailedToken(hash) {
  const token = new URLSearchParams(hash.replace(/^#/, '')).get('token') ?? '';
  return token.length <= LONGEST && /^[A-Za-z0-9_-]+$/.test(token) ? token : null;
}
