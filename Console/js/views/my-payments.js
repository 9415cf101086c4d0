/** A patient's own payments: what is to be paid, what was, and what came back. */
import { h, link, setText } from '../ui/dom.js';
import { deskPage } from '../ui/desk-pages.js';
import { amountOf, paymentTag } from '../ui/money-words.js';
import { visitText } from '../ui/own-payment.js';
import { sentenceFor } from '../ui/errors.js';
import { followOwnMoney } from '../app/own-money.js';
import { followVisits, redraw } from '../app/visits.js';
import { mayCharge } from '../pure/payments.js';
import { t } from '../i18n.js';

/** @param {object} app */
export function myPaymentsView(app) {
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const body = h('div', { class: 'stack' }, h('p', { class: 'page-note' }, t('record.loading')));
  const frame = deskPage(app, 'myPayments', problem, body);

  function itemOf(payment, visit) {
    const amount = amountOf(payment);
    const what = visitText(app, visit);
    const action = mayCharge(payment) ? 'pay' : 'show';
    return h(
      'li',
      { class: 'visit', dataset: { paymentId: payment.id, status: payment.status } },
      h('strong', { class: 'money' }, amount),
      h('div', { class: 'visit-who' }, h('span', {}, what), h('span', { class: 'visit-marks' }, paymentTag(payment, visit))),
      link(
        `/my-payments/${payment.id}`,
        {
          class: `button ${action === 'pay' ? 'button-primary' : ''}`,
          'aria-label': t(`myPayments.${action}Spoken`, { amount, what }),
          dataset: { key: `open ${payment.id}` },
        },
        t(`myPayments.${action}`),
      ),
    );
  }

  const part = (title, found, visits) => found.length > 0 && h(
    'section',
    { class: 'panel', 'aria-label': title },
    h('h2', {}, title),
    h('ol', { class: 'visits' }, found.map((each) => itemOf(each, visits.get(each.appointmentId)))),
  );

  function show({ payments, visits }) {
    problem.hidden = true;
    const parts = [
      part(t('myPayments.open'), payments.filter(mayCharge), visits),
      part(t('myPayments.rest'), payments.filter((each) => !mayCharge(each)), visits),
    ].filter(Boolean);
    redraw(body, ...(parts.length > 0 ? parts : [h('p', { class: 'page-note' }, t('myPayments.none'))]));
  }

  function fail(error) {
    setText(problem, sentenceFor(error));
    problem.hidden = false;
  }

  const mine = followOwnMoney(app, show, fail);
  const stop = followVisits(app, mine.reload);
  return {
    ...frame,
    keys: {},
    destroy() {
      mine.stop();
      stop();
    },
  };
}
