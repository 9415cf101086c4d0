/** What a person says of himself, his address, and for which hospital he works here. */
import { h, link } from '../ui/dom.js';
import { button, whileBusy } from '../ui/buttons.js';
import { accountPage, facts, panel } from '../ui/account-page.js';
import { accountSentence } from '../ui/account-errors.js';
import { hospitalPanel } from '../ui/hospital-panel.js';
import { profileForm } from '../ui/profile-form.js';
import { t } from '../i18n.js';

/** @param {object} app */
export function profileView(app) {
  const own = panel(t('profile.own'), h('p', {}, t('record.loading')));
  const address = panel(t('profile.address'));
  const hospitals = hospitalPanel(app);
  const page = accountPage(
    app,
    'profile',
    h(
      'div',
      { class: 'account-columns' },
      own.element,
      h('div', { class: 'account-side' }, address.element, hospitals),
    ),
  );
  load();
  return page;

  async function load() {
    try {
      show(await app.api.profile());
    } catch (error) {
      own.fill(h('p', { class: 'form-problem', role: 'alert' }, accountSentence(error)));
    }
  }

  function show(profile) {
    const form = profileForm(profile, async (body) => {
      const saved = await app.api.updateProfile(body);
      app.toasts.good(t('profile.saved'));
      await app.session.refresh();
      show(saved);
      own.heading.focus();
    });
    own.fill(form.element);
    showAddress(profile);
  }

  function showAddress(profile) {
    const seen = profile.lastLoginAt
      && [app.time.full(profile.lastLoginAt), profile.lastLoginAddress].filter(Boolean).join(' · ');
    const state = profile.isEmailVerified ? t('profile.verified') : t('profile.unverified');
    const send = button({ label: t('profile.sendVerification'), on: { click: () => whileBusy(send, sendLetter) } });
    async function sendLetter() {
      try {
        await app.api.sendVerification();
        app.toasts.good(t('profile.verificationSent'));
      } catch (error) {
        app.toasts.bad(accountSentence(error));
      }
    }
    const prove = h(
      'div',
      { class: 'account-actions' },
      send,
      link('/verify', { class: 'button button-quiet' }, t('profile.enterCode')),
    );
    address.fill(
      facts([
        [t('signIn.email'), profile.email],
        [t('profile.state'), state],
        [t('profile.lastSignIn'), seen],
        [t('profile.since'), app.time.day(profile.createdAt)],
        [t('profile.language'), t('profile.languageName')],
      ]),
      profile.isEmailVerified ? null : prove,
    );
  }
}
