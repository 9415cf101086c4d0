/** What can be done with an appointment, and how a day of them is told. Pure. The server decides again. */

/** The step that comes next by itself, by state; who comes in person is checked in before the visit begins. */
const NEXT = { held: 'confirm', scheduled: 'checkIn', confirmed: 'checkIn', checked_in: 'start', in_progress: 'complete' };
const MOVABLE = new Set(['held', 'scheduled', 'confirmed', 'no_show']);
const CANCELLABLE = new Set(['held', 'scheduled', 'confirmed', 'checked_in', 'in_progress']);
const MISSABLE = new Set(['scheduled', 'confirmed', 'checked_in']);
const VISIT_STEPS = new Set(['start', 'complete']);

export const isOver = ({ status }) => !CANCELLABLE.has(status);

/** @returns {'confirm'|'checkIn'|'start'|'complete'|null} */
export function nextStep({ status, medium }) {
  if (medium !== 'in_person' && status === 'scheduled') return 'confirm';
  if (medium !== 'in_person' && status === 'confirmed') return 'start';
  return NEXT[status] ?? null;
}

/**
 * Everything that somebody may do with an appointment, what comes next first.
 * @param {{status: string, medium: string}} appointment
 * @param {(permission: string) => boolean} can
 */
export function actionsOf(appointment, can) {
  const next = nextStep(appointment);
  const also = appointment.status === 'scheduled' && next !== 'confirm' ? ['confirm'] : [];
  const steps = [...(next ? [next] : []), ...also]
    .filter((step) => can(VISIT_STEPS.has(step) ? 'conduct_visits' : 'manage_appointments'));
  if (!can('manage_appointments')) return steps;
  return [
    ...steps,
    ...(MOVABLE.has(appointment.status) ? ['move'] : []),
    ...(MISSABLE.has(appointment.status) ? ['noShow'] : []),
    ...(CANCELLABLE.has(appointment.status) ? ['cancel'] : []),
  ];
}

const ROOM_MEDIA = new Set(['video', 'audio']);
const ROOM_STATES = new Set(['scheduled', 'confirmed', 'checked_in', 'in_progress']);

/** Whether it takes place in a room of the video service; what is held is to be paid first. */
export const hasRoom = ({ medium, status }) => ROOM_MEDIA.has(medium) && ROOM_STATES.has(status);

const PARTS = {
  now: ['in_progress'], waiting: ['checked_in'], later: ['held', 'scheduled', 'confirmed'],
  over: ['completed', 'cancelled', 'no_show', 'expired'],
};

/** A day in its parts: with the doctor, waiting, still to come, over. @returns {Record<keyof PARTS, object[]>} */
export const dayParts = (appointments) => Object.fromEntries(
  Object.entries(PARTS).map(([part, states]) => [part, appointments.filter(({ status }) => states.includes(status))]),
);

/** What still lies ahead, the next first, and what is past, the last first. */
export function aheadAndPast(appointments, now) {
  const isAhead = (each) => !isOver(each) && Date.parse(each.endsAt) > now;
  return {
    ahead: appointments.filter(isAhead),
    past: appointments.filter((each) => !isAhead(each)).reverse(),
  };
}

const HALF_DAY = 43_200_000;

/** Whether somebody may say by now that he is here: in person, not here yet, within half a day of the beginning. */
export const canArrive = ({ status, medium, startsAt }, now) => medium === 'in_person'
  && (status === 'scheduled' || status === 'confirmed') && Math.abs(Date.parse(startsAt) - now) <= HALF_DAY;

/** The next full quarter of an hour. @param {number} moment */
export const nextQuarter = (moment) => Math.ceil(moment / 900_000) * 900_000;
