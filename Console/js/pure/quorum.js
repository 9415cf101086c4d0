/**
 * Who is asked for, who is coming and who is still missing. Pure.
 *
 * An alert's `quorum` lists requirements (`{label, role, specialization, count, filled}`), its `responders` the people
 * (`{userId, name, role, requirement, status, respondedAt, estimatedArrivalAt}`); `requirement` is an index or null.
 */

const listOf = (value) => (Array.isArray(value) ? value : []);

export const hasQuorum = (alert) => listOf(alert?.quorum).length > 0;

/** Arrived first, then by time of arrival; whoever gave none comes last. */
function byArrival(a, b) {
  if (a.status !== b.status) return a.status === 'arrived' ? -1 : 1;
  const left = Date.parse(a.estimatedArrivalAt) || Infinity;
  const right = Date.parse(b.estimatedArrivalAt) || Infinity;
  if (left !== right) return left < right ? -1 : 1;
  return (Date.parse(a.respondedAt) || 0) - (Date.parse(b.respondedAt) || 0);
}

/** Each requirement with its people and how many are missing. */
export function slotsOf(alert) {
  const people = listOf(alert?.responders);
  return listOf(alert?.quorum).map((asked, index) => {
    const coming = people.filter((person) => person.requirement === index).sort(byArrival);
    return { ...asked, people: coming, missing: Math.max(0, asked.count - Math.max(coming.length, asked.filled ?? 0)) };
  });
}

/**
 * Whether somebody of this role may fill a place that is open: a head doctor is a doctor, too. Which specialization
 * somebody has only Ward knows.
 */
export const mayFill = (alert, role) =>
  slotsOf(alert).some((slot) => slot.missing > 0
    && (slot.role === role || (slot.role === 'doctor' && role === 'head_doctor')));

/** Those who come without filling a requirement. */
export function othersOf(alert) {
  const asked = listOf(alert?.quorum).length;
  const fills = (person) => Number.isInteger(person.requirement) && person.requirement < asked;
  return listOf(alert?.responders).filter((person) => !fills(person)).sort(byArrival);
}

/** @returns {{asked: number, coming: number, arrived: number, missing: number}} people, not requirements */
export function countsOf(alert) {
  const slots = slotsOf(alert);
  const sum = (of) => slots.reduce((total, slot) => total + of(slot), 0);
  const missing = sum((slot) => slot.missing);
  const asked = sum((slot) => slot.count);
  const arrived = sum((slot) => slot.people.filter((person) => person.status === 'arrived').length);
  return { asked, coming: asked - missing, arrived, missing };
}

/** Who has newly said that he comes, and who does not come any more. */
export function changedResponders(before, after) {
  const without = (people, others) => people.filter(({ userId }) => !others.some((each) => each.userId === userId));
  const [was, is] = [listOf(before?.responders), listOf(after?.responders)];
  return { joined: without(is, was), left: without(was, is) };
}

/** What the person has said about coming, or null. */
export const responderOf = (alert, userId) =>
  listOf(alert?.responders).find((person) => person.userId === userId) ?? null;
