/** Asks for the second factor: the six digits of the telephone, or one of the backup codes. */
import { button } from './buttons.js';
import { backupCodeField, codeField } from './account-fields.js';
import { accountSentence } from './account-errors.js';
import { plainForm } from './plain-form.js';
import { t } from '../i18n.js';

/**
 * @param {object} options
 * @param {(factor: {code: string}|{backupCode: string}) => Promise<void>} options.send
 * @param {string} [options.submitLabel]
 */
export function factorForm({ send, submitLabel = t('signIn.submit') }) {
  const code = codeField({ label: t('factor.code'), hint: t('factor.codeHint') });
  const backup = backupCodeField({ hint: t('factor.backupHint') });
  const toggle = button({ label: t('factor.useBackup'), kind: 'quiet', on: { click: turn } });
  let shown = code;
  backup.hidden = true;

  function turn() {
    shown.hidden = true;
    shown = shown === code ? backup : code;
    shown.hidden = false;
    toggle.lastElementChild.textContent = t(shown === code ? 'factor.useBackup' : 'factor.useCode');
    form.say('');
    shown.control.focus();
  }

  const form = plainForm({
    rows: [code, backup],
    submitLabel,
    button: { class: 'button-large' },
    problems: () => shown.problems(),
    send: () => send(shown === code ? { code: code.read() } : { backupCode: backup.read() }),
    sentence: (error) => {
      if (error.status !== 401) return accountSentence(error);
      shown.control.select();
      shown.control.focus();
      return t(shown === code ? 'factor.wrong' : 'factor.backupWrong');
    },
  });
  return { ...form, toggle };
}
