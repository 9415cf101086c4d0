/**
 * Tokens of mailed links: taken out of the address at once, so that they stay in no history and no screenshot, and kept
 * in memory for the page that they are for. A reload forgets them: the letter is opened again.
 */
import { mailedToken } from '../pure/mailed-token.js';

export function createMailed() {
  const tokens = new Map();
  return {
    /** Takes the token out of the address, if there is one. */
    take() {
      if (!location.hash) return;
      const token = mailedToken(location.hash);
      if (token) tokens.set(location.pathname, token);
      history.replaceState(null, '', location.pathname + location.search);
    },
    /** @param {string} path @returns {string|null} */
    token: (path) => tokens.get(path) ?? null,
    forget: (path) => tokens.delete(path),
  };
}
