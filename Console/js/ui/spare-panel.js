/** Moves everything by a hair now and then, so that months of the same picture do not burn in. */

const SHIFT_MILLISECONDS = 4 * 60_000;
const SHIFTS = 4;

/** @param {HTMLElement} element @returns {() => void} stops */
export function spareThePanel(element) {
  let step = 0;
  const timer = setInterval(() => {
    step = (step + 1) % SHIFTS;
    element.dataset.shift = String(step);
  }, SHIFT_MILLISECONDS);
  return () => clearInterval(timer);
}
