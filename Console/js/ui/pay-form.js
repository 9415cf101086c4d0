/**
 * Paying by the payment service: one field for the service's token of a card, one button with the amount. The number of a
 * card never passes through Ward, and one that is typed here is not sent.
 */
import { h } from './dom.js';
import { field } from './forms.js';
import { smallForm } from './small-form.js';
import { amountOf } from './money-words.js';
import { newKey } from '../net/keys.js';
import { isCardNumber, isToken } from '../pure/payments.js';
import { t } from '../i18n.js';

function wrongWith(text) {
  if (!text) return t('pay.tokenMissing');
  if (isCardNumber(text)) return t('pay.cardNumber');
  return isToken(text) ? null : t('pay.tokenWrong');
}

/**
 * @param {object} payment
 * @param {object} options
 * @param {(body: {transactionId: string, paymentMethod: string}, key: string) => Promise<object>} options.charge
 * @param {(payment: object) => void} options.done with the payment as it is then
 */
export function payForm(payment, { charge, done }) {
  // The same try again is the same payment, however often it is sent.
  const transactionId = newKey();
  const token = h('input', { type: 'text', maxlength: 100, autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off' });
  const row = field({ label: t('pay.token'), name: 'paymentMethod', hint: t('pay.tokenHint'), control: token });
  return smallForm({
    rows: [row],
    className: 'pay-form',
    submitLabel: t('pay.submit', { amount: amountOf(payment) }),
    icon: 'check',
    problems: () => {
      const message = wrongWith(token.value.trim());
      return message ? [{ path: 'paymentMethod', message }] : [];
    },
    submit: async (key) => done(await charge({ transactionId, paymentMethod: token.value.trim() }, key)),
  });
}
