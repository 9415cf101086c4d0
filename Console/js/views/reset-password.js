/** The page of the letter for a new password. */
import { h, link } from '../ui/dom.js';
import { newPasswordField } from '../ui/account-fields.js';
import { accountSentence } from '../ui/account-errors.js';
import { entryPage } from '../ui/entry-page.js';
import { plainForm } from '../ui/plain-form.js';
import { t } from '../i18n.js';

const PATH = '/reset-password';

/** @param {object} app */
export function resetPasswordView(app) {
  const token = app.mailed.token(PATH);
  const another = () => h(
    'div',
    { class: 'entry-actions' },
    link('/forgot-password', { class: 'button button-primary button-large', 'data-first': true }, t('reset.another')),
  );
  if (!token) return entryPage(t('reset.title'), h('p', {}, t('reset.noToken')), another());

  const password = newPasswordField({ first: true });
  const form = plainForm({
    rows: [password],
    submitLabel: t('reset.submit'),
    button: { class: 'button-large' },
    problems: password.problems,
    send: async () => {
      await app.api.resetPassword({ token, newPassword: password.control.value });
      app.mailed.forget(PATH);
      app.router.go('/', { silent: true, replace: true });
      app.askSignIn({ good: t('reset.done') });
    },
    sentence: (error) => {
      if (error.details?.reason !== 'proof') return accountSentence(error);
      app.mailed.forget(PATH);
      page.show(t('reset.title'), h('p', { class: 'form-problem', role: 'alert' }, t('reset.over')), another());
      return null;
    },
  });
  const page = entryPage(t('reset.title'), h('p', {}, t('reset.intro')), form.element);
  return page;
}
