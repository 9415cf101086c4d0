/** How long to wait, in the unit in which people say it. Pure. */

/** @param {number} seconds @returns {{unit: 'seconds'|'minutes'|'hours', count: number}} never less than it takes */
export function waitOf(seconds) {
  const whole = Math.max(1, Math.ceil(Number.isFinite(seconds) ? seconds : 1));
  if (whole < 100) return { unit: 'seconds', count: whole };
  if (whole < 100 * 60) return { unit: 'minutes', count: Math.ceil(whole / 60) };
  return { unit: 'hours', count: Math.ceil(whole / 3600) };
}
