/** One's own payments with the appointments that they are for, asked again while money is on its way. */
import { createAskAgain } from './ask-again.js';
import { isMoving } from '../pure/payments.js';

/**
 * @param {object} app
 * @param {(found: {payments: object[], visits: Map<string, object>}) => void} show @param {(error: object) => void} fail
 */
export function followOwnMoney(app, show, fail) {
  let gone = false;
  let turn = 0;
  const again = createAskAgain(load);

  async function load() {
    const mine = (turn += 1);
    try {
      const [payments, booked] = await Promise.all([app.api.ownPayments(), app.api.ownAppointments({})]);
      if (gone || mine !== turn) return;
      const visits = new Map(booked.map((visit) => [visit.id, visit]));
      again.plan(payments.some((each) => isMoving(each, visits.get(each.appointmentId))));
      show({ payments, visits });
    } catch (error) {
      if (gone || mine !== turn) return;
      again.plan(error.isTemporary);
      fail(error);
    }
  }

  load();
  return {
    reload: load,
    stop() {
      gone = true;
      again.stop();
    },
  };
}
