/**
 * Is the board live? A pure picture of the event stream, in milliseconds of the monotonic clock.
 * Short cuts are bridged silently; after `BROKEN_AFTER` without a stream, or `SILENT_AFTER` without a heartbeat
 * on one that looks open, the board must say that it is not live.
 */

export const BROKEN_AFTER_MILLISECONDS = 3_000;
export const SILENT_AFTER_MILLISECONDS = 40_000;

/** A stream that lived shorter than this does not count as success: the waits keep growing. */
const SETTLED_AFTER_MILLISECONDS = 5_000;

/**
 * `brokenAt` is the last moment at which the board was known to be live.
 * @typedef {{phase: 'connecting'|'open', openedAt: number|null, lastHeardAt: number|null, brokenAt: number,
 *   attempt: number}} Link
 */

/** @returns {Link} */
export const newLink = (now) => ({ phase: 'connecting', openedAt: null, lastHeardAt: null, brokenAt: now, attempt: 0 });

/** Something was heard: a heartbeat, an event. The first sound opens the link; an answer without any does not. */
export function heard(link, now) {
  if (link.phase === 'open') return { ...link, lastHeardAt: now };
  return { ...link, phase: 'open', openedAt: now, lastHeardAt: now };
}

/** The stream ended or could not be opened. After silence the break counts from when something was last heard. */
export function broken(link, now) {
  if (link.phase !== 'open') return { ...link, attempt: link.attempt + 1 };
  const settled = link.lastHeardAt - link.openedAt >= SETTLED_AFTER_MILLISECONDS;
  const brokenAt = isSilent(link, now) ? link.lastHeardAt : now;
  return { ...link, phase: 'connecting', brokenAt, attempt: settled ? 1 : link.attempt + 1 };
}

/** When the board was last known to be live, or null if it never was. */
export function liveUntil(link) {
  if (link.lastHeardAt === null) return null;
  return link.phase === 'open' ? link.lastHeardAt : link.brokenAt;
}

export const isSilent = (link, now) => link.phase === 'open' && now - link.lastHeardAt >= SILENT_AFTER_MILLISECONDS;

/** @returns {boolean} whether the board has to say that it is not live */
export function isLost(link, now) {
  if (link.phase === 'open') return isSilent(link, now);
  return now - link.brokenAt >= BROKEN_AFTER_MILLISECONDS;
}

/** Milliseconds until `isLost` would become true if nothing happens; 0 when it is. */
export function lostIn(link, now) {
  const open = link.phase === 'open';
  const due = open ? link.lastHeardAt + SILENT_AFTER_MILLISECONDS : link.brokenAt + BROKEN_AFTER_MILLISECONDS;
  return Math.max(0, due - now);
}
