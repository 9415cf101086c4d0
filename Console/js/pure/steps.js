/** The steps of an escalation ladder as people write them: minutes, or minutes and seconds. Pure. */

export const MOST_STEPS = 50;
export const SHORTEST_SECONDS = 5;
export const LONGEST_SECONDS = 604_800;

const pad = (n) => String(n).padStart(2, '0');

/** `5:00`, `0:30`, `1:30:00`. */
export function writeSeconds(seconds) {
  if (!Number.isFinite(seconds)) return '';
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = pad(seconds % 60);
  return hours > 0 ? `${hours}:${pad(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** `5` and `5 min` are minutes, `30 s` seconds, `5:30` both, `1:30:00` hours too; NaN if it cannot be read. */
export function readSeconds(text) {
  const clean = String(text ?? '').trim().toLowerCase();
  const clock = /^(?:(\d{1,3}):)?(\d{1,5}):([0-5]\d)$/.exec(clean);
  if (clock) {
    if (clock[1] !== undefined && Number(clock[2]) > 59) return NaN;
    return Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
  }
  const plain = /^(\d{1,6})\s*(s|sec|seconds?|m|min|minutes?|h|hours?)?$/.exec(clean);
  if (!plain) return NaN;
  const unit = (plain[2] ?? 'm')[0];
  return Number(plain[1]) * { s: 1, m: 60, h: 3600 }[unit];
}

/**
 * What is wrong with a list of steps, as a key and the place of the bad step; null when nothing is.
 * @param {number[]} seconds
 * @returns {{problem: 'none'|'many'|'unreadable'|'range'|'rising', index: number}|null}
 */
export function stepsProblem(seconds) {
  if (seconds.length === 0) return { problem: 'none', index: 0 };
  if (seconds.length > MOST_STEPS) return { problem: 'many', index: MOST_STEPS };
  for (const [index, value] of seconds.entries()) {
    if (!Number.isInteger(value)) return { problem: 'unreadable', index };
    if (value < SHORTEST_SECONDS || value > LONGEST_SECONDS) return { problem: 'range', index };
    if (index > 0 && value <= seconds[index - 1]) return { problem: 'rising', index };
  }
  return null;
}

/** A sensible next step: as far behind the last as the last behind the one before. */
export function nextStep(seconds) {
  const last = seconds.at(-1) ?? 0;
  const before = seconds.at(-2) ?? 0;
  return Math.min(LONGEST_SECONDS, last + Math.max(SHORTEST_SECONDS, last - before || 300));
}
