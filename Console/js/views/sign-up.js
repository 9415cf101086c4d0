/** Making an account: with a hospital's join code, with an organisation of one's own, or with neither for now. */
import { h, link } from '../ui/dom.js';
import {
  consentFields,
  emailField,
  newPasswordField,
  problemsOf,
  textField,
  wayInField,
} from '../ui/account-fields.js';
import { entryPage } from '../ui/entry-page.js';
import { plainForm } from '../ui/plain-form.js';
import { t } from '../i18n.js';

/** @param {object} app */
export function signUpView(app) {
  const name = textField({ name: 'name', label: t('signUp.name'), autocomplete: 'name', first: true });
  const email = emailField();
  const password = newPasswordField({ name: 'password', label: t('signIn.password') });
  const wayIn = wayInField();
  const consent = consentFields();
  const own = [name, email, password];
  const form = plainForm({
    rows: [...own, ...wayIn.rows, ...consent],
    submitLabel: t('signUp.submit'),
    button: { class: 'button-large' },
    problems: () => [...problemsOf(own), ...wayIn.problems(), ...problemsOf(consent)],
    send: async () => {
      await app.api.signUp({
        name: name.control.value.trim(),
        email: email.control.value.trim(),
        password: password.control.value,
        acceptTerms: true,
        acceptPrivacy: true,
        ...wayIn.read(),
      });
      await app.signedIn({ path: '/' });
      app.toasts.good(t('signUp.done'));
    },
  });
  return entryPage(
    t('signUp.title'),
    h('p', { class: 'field-hint' }, t('signUp.invited')),
    form.element,
    h('div', { class: 'entry-links' }, link('/', { class: 'button button-quiet' }, t('signUp.signIn'))),
  );
}
