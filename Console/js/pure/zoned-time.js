/** Wall-clock times of a time zone, such as the hospital's, and the moments that they mean. Pure. */

const formats = new Map();
function partsOf(milliseconds, timeZone) {
  if (!formats.has(timeZone)) {
    formats.set(timeZone, new Intl.DateTimeFormat('en-GB', {
      timeZone: timeZone || undefined,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    }));
  }
  const parts = formats.get(timeZone).formatToParts(milliseconds);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}

/** `2026-11-21T03:00`, as a `datetime-local` field wants it. */
export function wallTime(milliseconds, timeZone) {
  const { year, month, day, hour, minute } = partsOf(milliseconds, timeZone);
  return `${year}-${month}-${day}T${hour}:${minute}`;
}

function offsetAt(milliseconds, timeZone) {
  const { year, month, day, hour, minute, second } = partsOf(milliseconds, timeZone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(milliseconds / 1000) * 1000;
}

/**
 * The moment that a wall-clock time means; NaN if it cannot be read. A time that the clocks skip in spring means
 * the moment an hour later; one that comes twice in autumn means one of the two.
 * @param {string} text `2026-11-21T03:00`
 */
export function momentOf(text, timeZone) {
  const asUTC = Date.parse(`${text}Z`);
  if (!Number.isFinite(asUTC)) return NaN;
  const guess = asUTC - offsetAt(asUTC, timeZone);
  return asUTC - offsetAt(guess, timeZone);
}

/** The next time that the clock shows this hour. @param {number} hour 0–23 */
export function nextAt(hour, now, timeZone) {
  const today = wallTime(now, timeZone).slice(0, 10);
  const clock = `${String(hour).padStart(2, '0')}:00`;
  const moment = momentOf(`${today}T${clock}`, timeZone);
  if (moment > now) return moment;
  const noonTomorrow = momentOf(`${today}T12:00`, timeZone) + 86_400_000;
  return momentOf(`${wallTime(noonTomorrow, timeZone).slice(0, 10)}T${clock}`, timeZone);
}
