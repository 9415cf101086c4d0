/** Handing an acknowledged alert to a colleague. */
import { h } from './dom.js';
import { colleagueField } from './colleagues.js';
import { field, showFieldErrors } from './forms.js';
import { formDialog } from './dialog.js';
import { sentenceFor } from './errors.js';
import { newKey } from '../net/keys.js';
import { t } from '../i18n.js';

/** @param {object} app @param {object} alert @param {{done: (answer: object) => void}} options */
export function askTransfer(app, alert, { done }) {
  const key = newKey();
  const to = colleagueField(app, { name: 'toUserId', label: t('transfer.to') });
  const text = h('textarea', { rows: 2, maxlength: 500, autocomplete: 'off' });
  const reason = field({ label: t('transfer.reason'), name: 'reason', control: text });
  const rows = [to, reason];

  function problems() {
    const errors = [];
    if (!to.read()) errors.push({ path: 'toUserId', message: t('transfer.toMissing') });
    if (!text.value.trim()) errors.push({ path: 'reason', message: t('transfer.reasonMissing') });
    showFieldErrors(rows, errors);
    return errors.length > 0;
  }

  return formDialog({
    title: t('ask.transfer.title', { room: alert.roomNumber }),
    intro: t('ask.transfer.intro'),
    rows,
    submitLabel: t('action.transfer'),
    fallbackFocus: () => app.focusMain(),
    submit: async () => {
      if (problems()) return false;
      done(await app.api.transfer(alert.id, { toUserId: to.read(), reason: text.value.trim() }, key));
      return true;
    },
    onError: (error) => {
      if (error.status === 409 || error.status === 404) app.board.reload();
      const left = showFieldErrors(rows, error.fields);
      if (error.fields.length > 0 && left.length === 0) return null;
      return left.length > 0 ? left.join(' ') : sentenceFor(error);
    },
  });
}
