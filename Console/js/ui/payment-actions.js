/** What the desk does about a payment: takes the money, pays it back. The amount stands on each button that moves money. */
import { h } from './dom.js';
import { field, showFieldErrors } from './forms.js';
import { formDialog } from './dialog.js';
import { selectOf } from './choices.js';
import { amountOf } from './money-words.js';
import { sentenceFor } from './errors.js';
import { newKey } from '../net/keys.js';
import { t } from '../i18n.js';

const METHODS = ['cash', 'upi', 'card', 'bank'];

/** @param {object} app @param {object} payment @returns {Promise<boolean>} whether it was taken */
export function askTake(app, payment) {
  const key = newKey();
  const amount = amountOf(payment);
  const method = selectOf(METHODS.map((value) => ({ value, text: t(`payment.way.${value}`) })), 'cash');
  const transaction = h('input', { type: 'text', maxlength: 100, autocomplete: 'off', spellcheck: 'false' });
  const rows = [
    field({ label: t('payment.method'), name: 'method', control: method }),
    field({
      label: t('payment.transaction'),
      name: 'transactionId',
      hint: t('payment.transactionHint'),
      optional: true,
      control: transaction,
    }),
  ];
  return formDialog({
    title: t('payment.takeTitle', { amount }),
    intro: t('payment.takeIntro'),
    rows,
    submitLabel: t('payment.takeSubmit', { amount }),
    submit: () => {
      const transactionId = transaction.value.trim();
      return app.api.takePayment(payment.id, {
        method: method.value,
        amountMinor: payment.amountMinor,
        ...(transactionId ? { transactionId } : {}),
      }, key);
    },
    onError: (error) => {
      const left = showFieldErrors(rows, error.fields);
      return error.fields.length > 0 && left.length === 0 ? null : left.join(' ') || sentenceFor(error);
    },
    fallbackFocus: () => app.focusMain(),
  });
}

/** @param {object} app @param {object} payment @returns {Promise<boolean>} whether it goes back */
export function askRefund(app, payment) {
  const key = newKey();
  const amount = amountOf(payment);
  return formDialog({
    title: t('payment.refundTitle', { amount }),
    intro: t('payment.refundIntro'),
    rows: [],
    submitLabel: t('payment.refundSubmit', { amount }),
    kind: 'danger',
    submit: () => app.api.refundPayment(payment.id, { version: payment.version }, key),
    onError: sentenceFor,
    fallbackFocus: () => app.focusMain(),
  });
}
