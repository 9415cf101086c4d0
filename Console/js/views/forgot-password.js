/** Asks for the letter with a link for a new password. The answer never says whether there is an account. */
import { h, link } from '../ui/dom.js';
import { emailField } from '../ui/account-fields.js';
import { entryPage, goodNote } from '../ui/entry-page.js';
import { plainForm } from '../ui/plain-form.js';
import { t } from '../i18n.js';

/** @param {object} app */
export function forgotPasswordView(app) {
  const email = emailField({ first: true });
  const back = () =>
    h('div', { class: 'entry-links' }, link('/', { class: 'button button-quiet' }, t('signUp.signIn')));
  const form = plainForm({
    rows: [email],
    submitLabel: t('forgot.submit'),
    button: { class: 'button-large' },
    problems: email.problems,
    send: async () => {
      const address = email.control.value.trim();
      await app.api.forgotPassword(address);
      page.show(t('forgot.sentTitle'), goodNote(t('forgot.sent', { email: address })), back());
    },
  });
  const page = entryPage(t('forgot.title'), h('p', {}, t('forgot.intro')), form.element, back());
  return page;
}
