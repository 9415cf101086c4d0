/** A week of spans, cut at the hospital's midnights. Pure. */
import { momentOf, wallTime } from './zoned-time.js';

const NOON = 'T12:00';
const DAY = 86_400_000;

/** The calendar day of a moment, `2026-11-21`. */
export const dayOf = (moment, zone) => wallTime(moment, zone).slice(0, 10);

/** @param {string} day @param {number} days may be negative */
export const addDays = (day, days) => new Date(Date.parse(`${day}${NOON}:00Z`) + days * DAY).toISOString().slice(0, 10);

/** The Monday of a day's week. */
export function mondayOf(day) {
  const weekday = (new Date(`${day}${NOON}:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

export const midnight = (day, zone) => momentOf(`${day}T00:00`, zone);

/**
 * What of each span falls on each day, in order of time; `opens` and `closes` are clock times of that day, `24:00` at its end.
 * @param {{from: string, to: string}[]} spans moments in RFC 3339
 * @param {string} first the first day @param {number} count how many
 * @returns {{day: string, parts: {span: object, opens: string, closes: string, begins: boolean}[]}[]}
 */
export function planDays(spans, first, count, zone) {
  const days = Array.from({ length: count }, (_, index) => addDays(first, index));
  return days.map((day) => {
    const start = midnight(day, zone);
    const end = midnight(addDays(day, 1), zone);
    const parts = spans
      .map((span) => ({ span, from: Date.parse(span.from), to: Date.parse(span.to) }))
      .filter(({ from, to }) => from < end && to > start)
      .sort((one, other) => one.from - other.from || one.to - other.to)
      .map(({ span, from, to }) => ({
        span,
        opens: from <= start ? '00:00' : wallTime(from, zone).slice(11),
        closes: to >= end ? '24:00' : wallTime(to, zone).slice(11),
        begins: from >= start,
      }));
    return { day, parts };
  });
}
