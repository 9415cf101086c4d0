/** How long to wait before trying again: doubling, at most five seconds, scattered so that screens do not march. */

export const LONGEST_MILLISECONDS = 5_000;
const FIRST_MILLISECONDS = 250;

/** @param {number} attempt 1 for the first retry @param {() => number} random 0 ≤ r < 1 */
export function retryDelay(attempt, random = Math.random) {
  const exponent = Math.min(Math.max(attempt, 1) - 1, 10);
  const ceiling = Math.min(LONGEST_MILLISECONDS, FIRST_MILLISECONDS * 2 ** exponent);
  return Math.round(ceiling * (0.5 + 0.5 * random()));
}
