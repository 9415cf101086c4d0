/** One more look before an alert goes out that calls a whole team. */
import { h } from './dom.js';
import { formDialog } from './dialog.js';
import { urgencyMark } from './urgency-mark.js';
import { t } from '../i18n.js';

/**
 * @param {object} app
 * @param {{roomNumber: string, alertType: string, urgencyLevel: number}} input
 * @returns {Promise<boolean>} whether to go on
 */
export function confirmRaise(app, input) {
  const summary = h(
    'div',
    { class: 'confirm-summary' },
    h('p', { class: 'confirm-room' }, input.roomNumber),
    h('p', { class: 'confirm-type' }, app.lookups.typeTitle(input.alertType)),
    urgencyMark(input.urgencyLevel),
  );
  let sure = false;
  const dialog = formDialog({
    title: t('confirm.title'),
    intro: t('confirm.intro'),
    rows: [summary],
    submitLabel: t('confirm.submit'),
    kind: 'alarm',
    submit: async () => {
      sure = true;
      return true;
    },
    onError: () => null,
  });
  document.querySelector('dialog[open] button[type="submit"]')?.focus();
  return dialog.then(() => sure);
}
