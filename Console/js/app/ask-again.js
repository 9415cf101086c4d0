/** Asks again while something is on its way: soon at first, then ever more seldom; ends by itself once nothing moves. */

const FIRST_MILLISECONDS = 1_000;
const SLOWEST_MILLISECONDS = 15_000;
const GROWTH = 1.5;

/** @param {() => void} ask what calls `plan` again while something still moves */
export function createAskAgain(ask) {
  let timer = 0;
  let delay = FIRST_MILLISECONDS;
  return {
    /** @param {boolean} isMoving */
    plan(isMoving) {
      clearTimeout(timer);
      if (!isMoving) {
        delay = FIRST_MILLISECONDS;
        return;
      }
      timer = setTimeout(ask, delay);
      delay = Math.min(delay * GROWTH, SLOWEST_MILLISECONDS);
    },
    stop: () => clearTimeout(timer),
  };
}
