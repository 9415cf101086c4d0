/** Waits until somebody has stopped typing. */

const PAUSE_MILLISECONDS = 250;

/** @param {() => void} work */
export function debounce(work, milliseconds = PAUSE_MILLISECONDS) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, milliseconds);
  };
}
