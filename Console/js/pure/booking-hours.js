/** The hours in which somebody can be booked, between the server's form and the lines that people write. Pure. */

/** @param {{day, start, end}[]} hours as the server has them; those that are switched off are not shown */
export const linesOf = (hours) =>
  hours.filter(({ isActive }) => isActive !== false).map(({ day, start, end }) => ({ day, opens: start, closes: end }));

/**
 * The way back: hours that stay as they were keep their place, their dates and how long a visit takes in them, and those
 * that are switched off stay so.
 * @param {{day, opens, closes}[]} lines @param {object[]} before
 */
export function hoursOf(lines, before) {
  const left = before.filter(({ isActive }) => isActive !== false);
  const kept = lines.map(({ day, opens, closes }) => {
    const at = left.findIndex((each) => each.day === day && each.start === opens && each.end === closes);
    return bare(at < 0 ? { day, start: opens, end: closes } : left.splice(at, 1)[0]);
  });
  return [...kept, ...before.filter(({ isActive }) => isActive === false).map(bare)];
}

/** What is not said is left out. */
const bare = (hours) => Object.fromEntries(Object.entries(hours).filter(([, value]) => value !== null));

/** How a time off is called: one day, several, or a part of one. */
export function daysOf({ from, to }, dayOf) {
  const first = dayOf(from);
  const last = dayOf(Date.parse(to) - 1);
  return first === last ? [first] : [first, last];
}
