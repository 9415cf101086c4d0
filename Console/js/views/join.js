/** The page of a mailed invitation: who is invited where; make an account, sign in, or accept as who one is. */
import { h, link } from '../ui/dom.js';
import { button, whileBusy } from '../ui/buttons.js';
import { accountSentence } from '../ui/account-errors.js';
import { consentFields, newPasswordField, problemsOf, textField } from '../ui/account-fields.js';
import { entryPage } from '../ui/entry-page.js';
import { plainForm } from '../ui/plain-form.js';
import { t, word } from '../i18n.js';

const PATH = '/join';

/** @param {object} app */
export function joinView(app) {
  const token = app.mailed.token(PATH);
  const page = entryPage(t('join.title'), h('p', {}, t('record.loading')));
  if (token) load();
  else say(t('join.noToken'));
  return page;

  function say(text, ...more) {
    page.show(t('join.title'), h('p', { role: 'alert' }, text), ...more, toSignIn());
  }

  function toSignIn() {
    return h('div', { class: 'entry-links' }, link('/', { class: 'button button-quiet' }, t('signUp.signIn')));
  }

  async function load() {
    try {
      const [invitation, person] = await Promise.all([app.api.invitation(token), app.whoIsHere()]);
      show(invitation, person);
    } catch (error) {
      say(error.status === 404 ? t('join.unknown') : accountSentence(error));
    }
  }

  function show(invitation, person) {
    if (invitation.state !== 'open') return say(t(`join.state.${invitation.state}`));
    const values = { hospital: invitation.hospitalName, role: word('role', invitation.role), email: invitation.email };
    const intro = h('p', {}, t('join.intro', values));
    if (!person) return showSignUp(invitation, intro);
    if (person.user?.email === invitation.email) return showAcceptance(values, intro);
    const leave = button({
      label: t('join.signOut'), kind: 'primary', class: 'button-large', 'data-first': true,
      on: { click: () => whileBusy(leave, async () => {
        await app.session.signOut();
        show(invitation, null);
      }) },
    });
    return page.show(
      t('join.title'), intro, h('p', {}, t('join.other', { ...values, mine: person.user?.email ?? '' })), leave);
  }

  function entered(hospital) {
    app.mailed.forget(PATH);
    app.session.chooseHospital(null);
    app.toasts.good(t('join.done', { hospital }));
  }

  function showAcceptance({ hospital }, intro) {
    const form = plainForm({
      rows: [],
      submitLabel: t('join.accept'),
      button: { class: 'button-large', 'data-first': true },
      send: async () => {
        const joined = await app.api.acceptInvitation(token);
        await app.api.selectHospital(joined.hospitalId);
        entered(hospital);
        await app.signedIn({ path: '/' });
      },
    });
    page.show(t('join.title'), intro, form.element);
  }

  function showSignUp(invitation, intro) {
    const name = textField({ name: 'name', label: t('signUp.name'), autocomplete: 'name', first: true });
    // For the password manager: which account the new password is for.
    const account = h('input', { type: 'text', hidden: true, autocomplete: 'username', value: invitation.email });
    const password = newPasswordField({ name: 'password', label: t('password.choose') });
    const consent = consentFields();
    const rows = [name, password, ...consent];
    const form = plainForm({
      rows,
      submitLabel: t('join.submit'),
      button: { class: 'button-large' },
      problems: () => problemsOf(rows),
      send: async () => {
        await app.api.signUp({
          name: name.control.value.trim(),
          email: invitation.email,
          password: password.control.value,
          invitationToken: token,
          acceptTerms: true,
          acceptPrivacy: true,
        });
        entered(invitation.hospitalName);
        await app.signedIn({ path: '/' });
      },
    });
    form.element.append(account);
    const known = button({
      label: t('join.known'), kind: 'quiet', on: { click: () => app.askSignIn({ email: invitation.email }) },
    });
    page.show(t('join.title'), intro, form.element, h('div', { class: 'entry-links' }, known));
  }
}
