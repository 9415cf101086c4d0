/** How money is told: amounts with their currency, and the state of a payment. */
import { h } from './dom.js';
import { failureWord, isGoingBack } from '../pure/payments.js';
import { formatMoney } from '../pure/money.js';
import { LOCALE } from '../strings.js';
import { t, word } from '../i18n.js';

/** @param {number|null} minor @param {string} currency */
export const money = (minor, currency) => formatMoney(minor, currency, LOCALE);

/** @param {{amountMinor: number, currency: string}} payment */
export const amountOf = ({ amountMinor, currency }) => money(amountMinor, currency);

/** Its state, in words and in colour. @param {object} payment @param {object|null} [visit] */
export function paymentTag(payment, visit = null) {
  const back = isGoingBack(payment, visit);
  return h(
    'span',
    { class: 'tag payment-state', dataset: { status: back ? 'goingBack' : payment.status } },
    back ? t('payment.goingBack') : word('payment.state', payment.status),
  );
}

/** By which way it was paid: at the desk how, else by which service. */
export const wayOf = ({ method, provider }) => word('payment.way', method ?? provider);

export const failureText = ({ failure }) => (failure ? t(`payment.failure.${failureWord(failure)}`) : '');

/** Terms and what they are; what is empty is left out. @param {[string, Node|string|null|undefined][]} facts */
export const factList = (facts) => h('dl', { class: 'fact-list' }, facts.filter(([, value]) => value).map(([term, value]) =>
  h('div', {}, h('dt', {}, term), h('dd', { class: 'reason' }, value))));
