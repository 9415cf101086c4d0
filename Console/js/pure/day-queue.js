/** The queues of doctors on a day, as they are told: on a wall in numbers, at a desk with their order. Pure. */

/** How many numbers behind the next are shown on a wall, and for how many doctors: what a room can read. */
export const MOST_NEXT = 5;
export const MOST_DOCTORS = 12;
const NIGHT_BEGINS = 19;
const NIGHT_ENDS = 7;

export const waitingIn = (queue) => queue.entries.filter(({ state }) => state === 'waiting');
const calledIn = (queue) => queue.entries.filter(({ state }) => state === 'in_progress');

/**
 * What a wall shows of the queues: numbers and minutes, and nothing by which somebody could be known.
 * @param {object[]} queues @param {Map<string, string>} names of doctors @param {string[]} chosen doctors; none means all
 * @returns {{doctorId: string, name: string, now: number[], next: {number: number, minutes: number}[], more: number}[]}
 */
export function roomRows(queues, names, chosen = []) {
  return queues
    .filter(({ doctorId, entries }) => entries.length > 0 && (chosen.length === 0 || chosen.includes(doctorId)))
    .map((queue) => {
      const waiting = waitingIn(queue);
      return {
        doctorId: queue.doctorId,
        name: names.get(queue.doctorId) ?? '',
        now: calledIn(queue).map(({ number }) => number),
        next: waiting.slice(0, MOST_NEXT).map(({ number, waitMinutes }) => ({ number, minutes: waitMinutes })),
        more: Math.max(0, waiting.length - MOST_NEXT),
      };
    })
    .sort((one, other) => one.name.localeCompare(other.name) || one.doctorId.localeCompare(other.doctorId));
}

/** The numbers that are with a doctor now and were not before. @returns {{row: object, number: number}[]} */
export function newlyCalled(before, rows) {
  const known = new Map(before.map(({ doctorId, now }) => [doctorId, now]));
  return rows.flatMap((row) => row.now
    .filter((number) => !(known.get(row.doctorId) ?? []).includes(number))
    .map((number) => ({ row, number })));
}

/** How many cards stand beside each other. */
export function columnsFor(count) {
  if (count <= 3) return Math.max(1, count);
  if (count === 4) return 2;
  return count <= 9 ? 3 : 4;
}

/** Whether a wall is dark by itself. @param {string} wall a time at the hospital, `2026-11-22T19:05` */
export function isNight(wall) {
  const hour = Number(wall.slice(11, 13));
  return hour >= NIGHT_BEGINS || hour < NIGHT_ENDS;
}

/**
 * The order after somebody was moved, or null where he stands at that end already.
 * @param {object} queue @param {string} entryId @param {number} step -1 is one place nearer to the doctor
 * @returns {string[]|null} all who wait, the next first
 */
export function orderAfter(queue, entryId, step) {
  const ids = waitingIn(queue).map(({ id }) => id);
  const from = ids.indexOf(entryId);
  const to = from + step;
  if (from < 0 || to < 0 || to >= ids.length) return null;
  ids.splice(from, 1);
  ids.splice(to, 0, entryId);
  return ids;
}

/** Visits in the order of the queue; who stands in none comes behind, as they were. */
export function inQueueOrder(visits, queue) {
  const places = new Map((queue?.entries ?? []).map(({ appointmentId, position }) => [appointmentId, position]));
  const place = ({ id }) => places.get(id) ?? Infinity;
  return [...visits].sort((one, other) => (place(one) === place(other) ? 0 : place(one) - place(other)));
}
