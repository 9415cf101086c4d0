/** A receipt on paper: for the desk that took the money, and for the patient who paid. */
import { h, link } from '../ui/dom.js';
import { button } from '../ui/buttons.js';
import { icon } from '../ui/icons.js';
import { amountOf, wayOf } from '../ui/money-words.js';
import { visitText } from '../ui/own-payment.js';
import { sentenceFor } from '../ui/errors.js';
import { hasReceipt } from '../pure/payments.js';
import { t } from '../i18n.js';

/** @param {object} app @param {{id: string}} params */
export function receiptView(app, { id }) {
  let gone = false;
  const isDesk = app.session.can('manage_billing');
  const heading = h('h1', { tabindex: '-1' }, t('receipt.title'));
  const facts = h('dl', { class: 'receipt-facts' });
  const foot = h('p', { class: 'print-foot' }, t('receipt.foot', { hospital: app.session.current?.hospital?.name ?? '' }));
  const paper = h('div', { class: 'paper receipt', hidden: true }, heading, facts, foot);
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const print = button({
    label: t('receipt.print'), icon: 'print', kind: 'primary', disabled: true, on: { click: () => window.print() },
  });
  const back = link(
    isDesk ? `/payments/${id}` : `/my-payments/${id}`,
    { class: 'button button-quiet' },
    icon('back'),
    h('span', {}, t('receipt.back')),
  );
  const element = h('div', { class: 'print-page page-narrow' }, h('div', { class: 'print-tools' }, print, back), problem, paper);

  /** Who may not read the hospital's payments reads his own. */
  async function find() {
    if (isDesk) return { payment: await app.api.payment(id), visit: null };
    const [payments, visits] = await Promise.all([app.api.ownPayments(), app.api.ownAppointments({})]);
    const payment = payments.find((each) => each.id === id) ?? null;
    return { payment, visit: visits.find((each) => each.id === payment?.appointmentId) ?? null };
  }

  function say(text) {
    problem.textContent = text;
    problem.hidden = false;
  }

  function show(payment, visit) {
    const what = visit ? visitText(app, visit) : t(`payment.for.${payment.subscriptionId ? 'subscription' : 'appointment'}`);
    const lines = [
      [t('receipt.number'), payment.receiptNumber],
      [t('receipt.for'), what],
      [t('receipt.paid'), app.time.moment(payment.paidAt)],
      [t('receipt.by'), wayOf(payment)],
      [t('receipt.refunded'), payment.refundedAt && app.time.moment(payment.refundedAt)],
      [t('receipt.total'), h('strong', { class: 'money' }, amountOf(payment))],
    ];
    facts.replaceChildren(...lines.filter(([, value]) => value).map(([term, value]) =>
      h('div', {}, h('dt', {}, term), h('dd', {}, value))));
    heading.textContent = app.session.current?.hospital?.name ?? t('receipt.title');
    heading.after(h('p', { class: 'receipt-title' }, t('receipt.title')));
    paper.hidden = false;
    print.disabled = false;
  }

  async function load() {
    try {
      const { payment, visit } = await find();
      if (gone) return;
      if (!payment) return say(t('myPayment.missing'));
      if (!hasReceipt(payment)) return say(t('receipt.none'));
      show(payment, visit);
    } catch (error) {
      if (!gone) say(sentenceFor(error));
    }
  }

  load();
  return { title: t('receipt.title'), element, heading, keys: {}, destroy() { gone = true; } };
}
