/** A person's way in: kept out for a while with a reason, let in again, or made to choose a new password. */
import { h } from './dom.js';
import { button } from './buttons.js';
import { field, showFieldErrors } from './forms.js';
import { formDialog } from './dialog.js';
import { sentenceFor } from './errors.js';
import { newKey } from '../net/keys.js';
import { t } from '../i18n.js';

/** Asks for a reason and does what was chosen. @returns {Promise<boolean>} */
function ask(app, person, what, send) {
  const reason = h('textarea', { rows: 2, maxlength: 500 });
  const rows = [field({ label: t('members.reason'), name: 'reason', control: reason })];
  const key = newKey();
  return formDialog({
    title: t(`memberAccess.${what}.title`, { name: person.name }),
    intro: t(`memberAccess.${what}.intro`),
    rows,
    submitLabel: t(`memberAccess.${what}`),
    kind: 'danger',
    fallbackFocus: () => app.focusMain(),
    submit: async () => {
      const missing = reason.value.trim() ? [] : [{ path: 'reason', message: t('memberAccess.reasonMissing') }];
      showFieldErrors(rows, missing);
      if (missing.length > 0) return false;
      await send(reason.value.trim(), key);
      return true;
    },
    onError: (error) => {
      const left = showFieldErrors(rows, error.fields);
      return error.fields.length > 0 && left.length === 0 ? null : left.join(' ') || error.message || sentenceFor(error);
    },
  });
}

/** @param {object} app @param {object} person @param {(text: string) => Promise<void>} done */
export function memberAccess(app, person, done) {
  const { name } = person;

  async function suspend() {
    const sent = await ask(app, person, 'suspend', (reason, key) =>
      app.api.setStatus(person.id, { action: 'suspend', reason }, key));
    if (sent) await done(t('memberAccess.suspended', { name }));
  }

  async function takePassword() {
    const sent = await ask(app, person, 'password', (reason, key) => app.api.takePassword(person.id, { reason }, key));
    if (sent) await done(t('memberAccess.passwordTaken', { name }));
  }

  async function letIn() {
    try {
      await app.api.setStatus(person.id, { action: 'activate' });
      await done(t('memberAccess.letIn', { name }));
    } catch (error) {
      app.toasts.bad(error.message || sentenceFor(error));
    }
  }

  const act = (label, click, kind = 'plain') => button({ label: t(`memberAccess.${label}`), kind, on: { click } });
  const buttons = person.isActive
    ? [act('password', takePassword), act('suspend', suspend, 'danger')]
    : [act('activate', letIn, 'primary')];
  return h('section', { class: 'panel' }, h('h2', {}, t('memberAccess.heading')), h('div', { class: 'row-buttons' }, buttons));
}
