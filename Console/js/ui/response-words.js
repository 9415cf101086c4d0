/** Words about people who come: what is asked, and when somebody is there. */
import { t, word } from '../i18n.js';
import { formatCountdown } from '../pure/durations.js';

/** `2 × Nurse`, `1 × Anaesthetist`. @param {object} slot @param {number} [count] */
export const askedText = (slot, count = slot.count) => t('quorum.asked', { count, label: slot.label });

/** Who fits a requirement: its role, and the specialization if one is asked for. */
export const roleText = ({ role, specialization }) =>
  [word('role', role), specialization].filter(Boolean).join(', ');

/** `has arrived`, `there at 14:05, in 3:20`, or that no time was given. */
export function arrivalText(app, { status, estimatedArrivalAt }, now) {
  if (status === 'arrived') return t('quorum.arrived');
  const left = Date.parse(estimatedArrivalAt) - now;
  if (!estimatedArrivalAt || !Number.isFinite(left)) return t('quorum.coming');
  const at = app.time.minute(estimatedArrivalAt);
  return left <= 0 ? t('quorum.expected', { at }) : t('quorum.there', { at, time: formatCountdown(left) });
}
