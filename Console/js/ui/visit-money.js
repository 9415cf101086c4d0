/** What an appointment costs its patient, beside it in a list: the state of its payment and the way to it. */
import { link } from './dom.js';
import { amountOf, paymentTag } from './money-words.js';
import { createAskAgain } from '../app/ask-again.js';
import { byAppointment, isMoving, mayCharge } from '../pure/payments.js';
import { t } from '../i18n.js';

/** @param {object} app @param {() => void} reload asked again while money is on its way */
export function createVisitMoney(app, reload) {
  const again = createAskAgain(reload);
  let known = new Map();
  return {
    /** @param {object[]} payments one's own @param {object[]} visits likewise */
    know(payments, visits) {
      known = byAppointment(payments);
      again.plan(visits.some((visit) => known.has(visit.id) && isMoving(known.get(visit.id), visit)));
    },
    tag(visit) {
      const payment = known.get(visit.id);
      return payment ? paymentTag(payment, visit) : null;
    },
    way(visit) {
      const payment = known.get(visit.id);
      if (!payment) return null;
      const action = mayCharge(payment) ? 'pay' : 'show';
      const what = t('myPayments.visitAlone', { time: app.time.moment(visit.startsAt) });
      return link(
        `/my-payments/${payment.id}`,
        {
          class: `button ${action === 'pay' ? 'button-primary' : 'button-quiet'}`,
          'aria-label': t(`myPayments.${action}Spoken`, { amount: amountOf(payment), what }),
          dataset: { key: `money ${visit.id}` },
        },
        action === 'pay' ? t('pay.title', { amount: amountOf(payment) }) : t('myPayment.title'),
      );
    },
    stop: again.stop,
  };
}
