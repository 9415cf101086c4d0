/** One payment of the hospital: for what, how far it has come step by step, and what can be done about it. */
import { h, link, setText } from '../ui/dom.js';
import { button } from '../ui/buttons.js';
import { icon } from '../ui/icons.js';
import { amountOf, factList, failureText, paymentTag, wayOf } from '../ui/money-words.js';
import { askRefund, askTake } from '../ui/payment-actions.js';
import { payForm } from '../ui/pay-form.js';
import { sentenceFor } from '../ui/errors.js';
import { createAskAgain } from '../app/ask-again.js';
import { debounce } from '../app/debounce.js';
import { redraw } from '../app/visits.js';
import { hasReceipt, isMoving, mayCharge, mayRefund, mayTake } from '../pure/payments.js';
import { t, word } from '../i18n.js';

/** @param {object} app @param {{id: string}} params */
export function paymentView(app, { id }) {
  let gone = false;
  let turn = 0;
  let visit = null;
  let patient = null;
  let found = null;
  let form = null;
  // Money that was asked back is on its way though the payment is still complete.
  let goesBack = false;
  const again = createAskAgain(load);
  const heading = h('h1', { tabindex: '-1', class: 'page-title' }, t('payment.title'));
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const body = h('div', { class: 'payment-columns' }, h('p', { class: 'page-note' }, t('record.loading')));
  const element = h(
    'div',
    { class: 'page' },
    link('/payments', { class: 'back' }, icon('back'), t('payment.back')),
    heading,
    problem,
    body,
  );

  const when = (moment) => moment && app.time.moment(moment);

  function factsOf(payment) {
    const visitText = visit && [app.time.moment(visit.startsAt), visit.doctorName].filter(Boolean).join(' · ');
    return factList([
      [t('payment.amount'), h('strong', { class: 'money' }, amountOf(payment))],
      [t('payment.state'), paymentTag(payment, goesBack ? { status: 'cancelled' } : null)],
      [t('payments.for'), t(`payment.for.${payment.subscriptionId ? 'subscription' : 'appointment'}`)],
      [t('payment.patient'), patient && link(`/patients/${visit.patientId}`, {}, patient.name)],
      [t('payment.visit'), visitText],
      [t('payment.way'), wayOf(payment)],
      [t('payment.failure'), failureText(payment)],
      [t('payment.made'), when(payment.createdAt)],
      [t('payment.paidAt'), when(payment.paidAt)],
      [t('payment.refundedAt'), when(payment.refundedAt)],
      [t('payment.transaction'), payment.transactionId],
      [t('payment.reference'), payment.providerRef],
    ]);
  }

  async function run(ask, payment, said) {
    const done = await ask(app, payment);
    if (done) app.toasts.good(said);
    await load();
  }

  const doing = (name, kind, act) => button({
    label: t(`payment.${name}`), kind, dataset: { key: name }, on: { click: act },
  });

  function actionsOf(payment) {
    const taken = t('payment.taken', { amount: amountOf(payment) });
    return h(
      'div',
      { class: 'record-actions' },
      mayTake(payment) && doing('take', 'primary', () => run(askTake, payment, taken)),
      hasReceipt(payment) && link(`/receipts/${payment.id}`, { class: 'button' }, icon('print'), h('span', {}, t('payment.receipt'))),
      mayRefund(payment) && !goesBack && doing('refund', 'danger', () => run(askRefund, payment, t('payment.refunding'))),
    );
  }

  /** What is typed stays while the page asks again. */
  function serviceForm(payment) {
    if (!mayCharge(payment)) return null;
    form ??= h('details', { class: 'fold panel' }, h('summary', {}, t('payment.byService')), payForm(payment, {
      charge: (given, key) => app.api.chargePayment(payment.id, given, key),
      done: load,
    }));
    return form;
  }

  const stepOf = ({ step, outcome, at }) => h(
    'li',
    { dataset: { step, outcome } },
    [app.time.full(at), word('payment.step', step), outcome === 'failed' && t('payment.outcome.failed')].filter(Boolean).join(' · '),
  );

  function show(payment, steps) {
    goesBack = payment.status === 'completed' && steps.some(({ step }) => step === 'withdraw');
    const isCleared = steps.some(({ step }) => step.startsWith('cancel_'));
    const isClearing = steps.some(({ outcome }) => outcome === 'failed') && !isCleared;
    again.plan(goesBack || isClearing || isMoving(payment));
    const kept = serviceForm(payment);
    const facts = h('section', { class: 'panel stack' }, h('h2', {}, t('payment.facts')), factsOf(payment), actionsOf(payment));
    const done = h('section', { class: 'panel' }, h('h2', {}, t('payment.steps')), steps.length > 0
      ? h('ol', { class: 'visit-steps' }, steps.map(stepOf))
      : h('p', { class: 'page-note' }, t('payment.noSteps')));
    // A form that somebody is typing in is not taken out of the page and put back.
    const main = body.querySelector('.payment-main');
    if (kept && main?.contains(kept)) {
      redraw(main.firstElementChild, facts);
      return body.lastElementChild.replaceWith(done);
    }
    redraw(body, h('div', { class: 'stack payment-main' }, h('div', {}, facts), kept), done);
  }

  async function find({ appointmentId }) {
    if (!appointmentId || !app.session.can('view_appointments')) return;
    visit = await app.api.appointment(appointmentId);
    if (!app.session.can('view_patients')) return;
    patient = (await app.api.patientNames([visit.patientId])).get(visit.patientId) ?? null;
  }

  /** Who is seen for it: asked once, where the role includes it, and awaited by everybody who asks meanwhile. */
  const lookUp = (payment) => (found ??= find(payment).catch((error) => {
    found = null;
    throw error;
  }));

  async function load() {
    const mine = (turn += 1);
    try {
      const [payment, steps] = await Promise.all([app.api.payment(id), app.api.paymentSteps(id)]);
      await lookUp(payment);
      if (gone || mine !== turn) return;
      problem.hidden = true;
      show(payment, steps);
    } catch (error) {
      if (gone || mine !== turn) return;
      again.plan(error.isTemporary);
      setText(problem, sentenceFor(error));
      problem.hidden = false;
    }
  }

  const soon = debounce(() => !document.querySelector('dialog[open]') && load());
  const stops = [
    app.news.on(({ name, data }) => name === 'payment:updated' && data?.paymentId === id && soon()),
    app.news.onRenewed(soon),
  ];
  load();
  return {
    title: t('payment.title'),
    element,
    heading,
    keys: {},
    destroy() {
      gone = true;
      again.stop();
      for (const stop of stops) stop();
    },
  };
}
