/** Changing one's own password. */
import { h } from './dom.js';
import { panel } from './account-page.js';
import { newPasswordField, passwordField, problemsOf } from './account-fields.js';
import { plainForm } from './plain-form.js';
import { t } from '../i18n.js';

/** @param {object} app @param {() => void} changed all other sessions are over */
export function passwordPanel(app, changed) {
  const current = passwordField({ name: 'currentPassword', label: t('password.current') });
  const next = newPasswordField();
  const rows = [current, next];
  const { email } = app.session.current.user;
  const account = h('input', { type: 'text', hidden: true, autocomplete: 'username', value: email });
  const form = plainForm({
    rows,
    submitLabel: t('password.change'),
    problems: () => problemsOf(rows),
    send: async () => {
      await app.session.rotate(() => app.api.changePassword({
        currentPassword: current.control.value, newPassword: next.control.value,
      }));
      for (const row of rows) row.control.value = '';
      app.toasts.good(t('password.changed'));
      changed();
    },
  });
  form.element.append(account);
  return panel(t('password.title'), form.element).element;
}
