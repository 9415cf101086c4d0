/** What can be done about a payment, and what is still going on with it. Pure. The server decides again. */

export const STATES = ['pending', 'processing', 'completed', 'failed', 'refunded'];
const WAITING = new Set(['held', 'scheduled', 'confirmed']);
const UNCONFIRMED = new Set(['held', 'scheduled']);
const GIVEN_UP = new Set(['cancelled', 'expired']);

export const mayCharge = ({ status }) => status === 'pending';
/** Whoever pays by a service is not paid for at the desk meanwhile. */
export const mayTake = ({ status }) => status === 'pending';
export const mayRefund = ({ status }) => status === 'completed';
export const hasReceipt = ({ receiptNumber, paidAt }) => Boolean(receiptNumber && paidAt);

/**
 * Whether something will become of it by itself in a moment: the service was not heard yet, the receipt has no number
 * yet, the place is not given back yet, or the money of an appointment that was given up is on its way back.
 * @param {{status: string, receiptNumber?: string|null}} payment @param {{status: string}|null} [visit]
 */
export function isMoving(payment, visit = null) {
  if (payment.status === 'processing') return true;
  if (payment.status === 'failed') return WAITING.has(visit?.status);
  if (payment.status !== 'completed') return false;
  return !payment.receiptNumber || isGoingBack(payment, visit) || UNCONFIRMED.has(visit?.status);
}

/** Whether the appointment is known to stand. */
export const isFirm = (visit) => Boolean(visit) && !UNCONFIRMED.has(visit.status);
export const isGivenUp = (visit) => GIVEN_UP.has(visit?.status);
export const isGoingBack = ({ status }, visit) => status === 'completed' && isGivenUp(visit);

/** Why the card was not taken, as one of the words that the page has; what is new is `declined`. */
export function failureWord(failure) {
  if (!failure) return 'declined';
  if (failure.startsWith('appointment_')) return 'appointment';
  if (failure === 'payment_method_refused') return 'token';
  return 'declined';
}

/** A card's own number must never be typed where a service's token belongs. */
export const isCardNumber = (text) => /^\d{12,19}$/.test(text.replace(/[\s-]/g, ''));
export const isToken = (text) => /^[A-Za-z0-9_-]{3,100}$/.test(text) && !isCardNumber(text);

/** Each payment of an appointment by the appointment's id. @param {object[]} payments */
export const byAppointment = (payments) =>
  new Map(payments.filter((each) => each.appointmentId).map((each) => [each.appointmentId, each]));

/** A link that may be followed: none that would run here. @param {string} url */
export function isWebLink(url) {
  try {
    return ['https:', 'http:'].includes(new URL(url).protocol);
  } catch {
    return false; // no address at all
  }
}
