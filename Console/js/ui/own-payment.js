/** One payment as the patient sees it: what it is for, how it stands in words, and what he can do. */
import { h, link } from './dom.js';
import { amountOf, factList, paymentTag, wayOf } from './money-words.js';
import { failureWord, hasReceipt, isFirm, isGivenUp, isGoingBack } from '../pure/payments.js';
import { t } from '../i18n.js';

/** What an appointment is called in one line. @param {object} app @param {object|undefined} visit */
export function visitText(app, visit) {
  if (!visit) return t('myPayments.unknown');
  const values = { time: app.time.moment(visit.startsAt), name: visit.doctorName ?? '' };
  return t(visit.doctorName ? 'myPayments.visit' : 'myPayments.visitAlone', values);
}

const isHeld = (visit) => visit?.status === 'held' && Boolean(visit.holdEndsAt);

/** How it stands, in whole sentences. @returns {string[]} */
export function stateSentences(app, payment, visit) {
  switch (payment.status) {
    case 'processing': return [t('pay.processing')];
    case 'completed':
      if (isGoingBack(payment, visit)) return [t('pay.goingBack')];
      return [t(isFirm(visit) ? 'pay.completed' : 'pay.paid'), ...(payment.receiptNumber ? [] : [t('pay.receiptSoon')])];
    case 'failed': {
      const word = failureWord(payment.failure);
      return [t(`pay.failed.${word}`), ...(word !== 'appointment' && isGivenUp(visit) ? [t('pay.released')] : [])];
    }
    case 'refunded': return [t('pay.refunded', { time: app.time.moment(payment.refundedAt) })];
    default: return [t('pay.pending'), ...(isHeld(visit) ? [t('pay.held', { time: app.time.minute(visit.holdEndsAt) })] : [])];
  }
}

export const ownFacts = (app, payment, visit) => factList([
  [t('myPayment.for'), visitText(app, visit)],
  [t('myPayment.amount'), h('strong', { class: 'money' }, amountOf(payment))],
  [t('payment.state'), paymentTag(payment, visit)],
  [t('myPayment.how'), wayOf(payment)],
]);

/** Where one can go from here. */
export function ownLinks(payment, visit) {
  const again = payment.status === 'failed' && visit?.doctorId;
  return h(
    'div',
    { class: 'record-actions' },
    again && link(`/find-doctor/${visit.doctorId}`, { class: 'button button-primary' }, t('pay.again')),
    hasReceipt(payment) && link(
      `/receipts/${payment.id}`,
      { class: 'button' },
      t('pay.receipt', { number: payment.receiptNumber }),
    ),
    link('/my-appointments', { class: 'button button-quiet' }, t('pay.toAppointments')),
  );
}
