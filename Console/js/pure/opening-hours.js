/** Opening hours as people write them: “08:00–12:30, 14:00–18:00”. Pure. */

export const DAYS = [1, 2, 3, 4, 5, 6, 7];
const SPAN = /^(\d{1,2})(?::(\d{2}))?\s*(?:-|–|—|to)\s*(\d{1,2})(?::(\d{2}))?$/;

const clock = (hour, minute = '00') => `${hour.padStart(2, '0')}:${minute}`;
const isTime = (text) => text <= '24:00' && text.slice(3) < '60';

/**
 * One day's line. @param {string} text @param {number} day 1 is Monday
 * @param {{overnight?: boolean}} [how] `overnight`: an end that is not after its beginning is on the next day
 * @returns {{day, opens, closes}[]|null} null when it cannot be read, runs backwards or overlaps
 */
export function spansIn(text, day, { overnight = false } = {}) {
  const parts = text.split(/[,;]+/).map((part) => part.trim()).filter(Boolean);
  const spans = [];
  for (const part of parts) {
    const match = SPAN.exec(part);
    if (!match) return null;
    const opens = clock(match[1], match[2]);
    const closes = clock(match[3], match[4]);
    if (!isTime(opens) || !isTime(closes) || (closes <= opens && !overnight)) return null;
    spans.push({ day, opens, closes });
  }
  spans.sort((one, other) => one.opens.localeCompare(other.opens));
  const endOf = ({ opens, closes }) => (closes > opens ? closes : '48:00');
  return spans.some((span, index) => index > 0 && span.opens < endOf(spans[index - 1])) ? null : spans;
}

/** @param {{day, opens, closes}[]} hours */
export const lineOf = (hours, day) =>
  hours.filter((span) => span.day === day).map(({ opens, closes }) => `${opens}–${closes}`).join(', ');

/**
 * The week in short: days with the same hours together. @param {{day, opens, closes}[]} hours
 * @returns {{from: number, to: number, line: string}[]} days that are closed are left out
 */
export function weekOf(hours) {
  const groups = [];
  for (const day of DAYS) {
    const line = lineOf(hours, day);
    const last = groups.at(-1);
    if (last && last.line === line) last.to = day;
    else groups.push({ from: day, to: day, line });
  }
  return groups.filter(({ line }) => line);
}

const NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** A person's week as the server has it, as lines of days. @param {Record<string, {start, end}[]>} week */
export const hoursOfWeek = (week) => DAYS.flatMap((day) =>
  (week[NAMES[day - 1]] ?? []).map(({ start, end }) => ({ day, opens: start, closes: end })));

/** The way back. @param {{day, opens, closes}[]} hours */
export const weekOfHours = (hours) => Object.fromEntries(DAYS.map((day) => [
  NAMES[day - 1],
  hours.filter((span) => span.day === day).map(({ opens, closes }) => ({ start: opens, end: closes })),
]));
