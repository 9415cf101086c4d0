/** One of a patient's own payments: paid here, followed until it has ended, with its receipt. */
import { h, link, setText } from '../ui/dom.js';
import { icon } from '../ui/icons.js';
import { payForm } from '../ui/pay-form.js';
import { amountOf } from '../ui/money-words.js';
import { ownFacts, ownLinks, stateSentences } from '../ui/own-payment.js';
import { sentenceFor } from '../ui/errors.js';
import { followOwnMoney } from '../app/own-money.js';
import { followVisits } from '../app/visits.js';
import { mayCharge } from '../pure/payments.js';
import { t } from '../i18n.js';

/** @param {object} app @param {{id: string}} params */
export function myPaymentView(app, { id }) {
  let form = null;
  let told = '';
  const heading = h('h1', { tabindex: '-1', class: 'page-title' }, t('myPayment.title'));
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const state = h('p', { class: 'payment-said', role: 'status', hidden: true });
  const body = h('div', { class: 'stack' }, h('p', { class: 'page-note' }, t('record.loading')));
  const back = link('/my-payments', { class: 'back' }, icon('back'), t('myPayment.back'));
  const element = h('div', { class: 'page page-narrow' }, back, heading, problem, state, body);

  function say(text) {
    setText(problem, text);
    problem.hidden = !text;
  }

  /** What is typed stays while the page asks again. */
  function formOf(payment) {
    form ??= h(
      'section',
      { class: 'panel record-form' },
      h('h2', {}, t('pay.title', { amount: amountOf(payment) })),
      payForm(payment, { charge: (given, key) => app.api.payOwn(payment.id, given, key), done: charged }),
      h('p', { class: 'page-note' }, t('pay.later')),
    );
    return form;
  }

  /** The form goes away under the focus: what is said next is where it goes. */
  async function charged() {
    await mine.reload();
    heading.focus({ preventScroll: true });
  }

  function show({ payments, visits }) {
    const payment = payments.find((each) => each.id === id);
    if (!payment) {
      body.replaceChildren();
      return say(t('myPayment.missing'));
    }
    say('');
    const visit = visits.get(payment.appointmentId);
    // Nothing is drawn anew under somebody's hands where nothing is new.
    const facts = JSON.stringify([payment, visit]);
    if (facts === told) return;
    told = facts;
    draw(payment, visit);
  }

  function draw(payment, visit) {
    setText(state, stateSentences(app, payment, visit).join(' '));
    state.dataset.status = payment.status;
    state.hidden = false;
    const facts = h('section', { class: 'panel stack' }, ownFacts(app, payment, visit), ownLinks(payment, visit));
    const kept = mayCharge(payment) ? formOf(payment) : null;
    if (kept && body.lastElementChild === kept) return body.firstElementChild.replaceWith(facts);
    body.replaceChildren(...[facts, kept].filter(Boolean));
  }

  const mine = followOwnMoney(app, show, (error) => say(sentenceFor(error)));
  const stop = followVisits(app, mine.reload);
  return {
    title: t('myPayment.title'),
    element,
    heading,
    keys: {},
    destroy() {
      mine.stop();
      stop();
    },
  };
}
