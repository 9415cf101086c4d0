/**
 * Signing in: with the password or a mailed code, then with the second factor where somebody has one; or elsewhere.
 * The password stays in memory only until the sign-in is through.
 */
import { h, link } from '../ui/dom.js';
import { button, whileBusy } from '../ui/buttons.js';
import { accountSentence, asksForFactor } from '../ui/account-errors.js';
import { codeField, emailField, passwordField, problemsOf } from '../ui/account-fields.js';
import { entryPage, goodNote } from '../ui/entry-page.js';
import { factorForm } from '../ui/factor-form.js';
import { plainForm } from '../ui/plain-form.js';
import { providerLinks } from '../ui/provider-links.js';
import { showFieldErrors } from '../ui/forms.js';
import { asksForSecondStep, pathOf, problemKey } from '../pure/providers.js';
import { t } from '../i18n.js';

/** @param {object} app @param {{reason?: string, good?: string, email?: string}} params */
export function signInView(app, { reason, good, email: known = '' } = {}) {
  const came = problemKey(location.search);
  const isSecondStep = asksForSecondStep(location.search);
  if (came || isSecondStep) history.replaceState(null, '', location.pathname);
  const others = providerLinks(app);
  let email = known;
  const page = entryPage(t('signIn.title'));
  if (isSecondStep) showSecondStep();
  else showPassword(came ? t(came) : reason);
  return page;

  /** Goes on when the answer is that the second factor is missing. @param {(factor: object) => Promise} call */
  async function attempt(call) {
    try {
      await call({});
    } catch (error) {
      if (asksForFactor(error)) return showFactor(call);
      throw error;
    }
    await app.signedIn();
  }

  function showPassword(note) {
    const address = emailField({ value: email, first: !email });
    const password = passwordField({ first: Boolean(email) });
    const rows = [address, password];
    const mailCode = button({
      label: t('signIn.mailCode'), kind: 'quiet', on: { click: () => whileBusy(mailCode, askForCode) },
    });
    const form = plainForm({
      rows,
      note,
      submitLabel: t('signIn.submit'),
      button: { class: 'button-large' },
      problems: () => problemsOf(rows),
      send: () => {
        email = address.control.value.trim();
        const secret = password.control.value;
        return attempt((factor) => app.api.signIn({ email, password: secret, ...factor }));
      },
      sentence: (error) => {
        if (error.status !== 401) return accountSentence(error);
        password.control.value = '';
        password.control.focus();
        return t('signIn.wrong');
      },
    });
    async function askForCode() {
      form.say('');
      const problems = address.problems();
      showFieldErrors(rows, problems);
      if (problems.length > 0) return;
      email = address.control.value.trim();
      try {
        await app.api.requestCode(email);
        showMailedCode();
      } catch (error) {
        form.fail(error);
      }
    }
    page.show(
      t('signIn.title'),
      good && goodNote(good),
      form.element,
      h(
        'div',
        { class: 'entry-links' },
        mailCode,
        link('/forgot-password', { class: 'button button-quiet' }, t('signIn.forgot')),
        link('/sign-up', { class: 'button button-quiet' }, t('signIn.signUp')),
      ),
      others,
    );
  }

  function showMailedCode() {
    const code = codeField({ label: t('code.mailed') });
    const again = button({
      label: t('code.again'), kind: 'quiet', on: { click: () => whileBusy(again, sendAnother) },
    });
    const sent = h('p', { class: 'field-hint', role: 'status' });
    const form = plainForm({
      rows: [code],
      submitLabel: t('signIn.submit'),
      button: { class: 'button-large' },
      problems: code.problems,
      send: () => {
        const digits = code.read();
        return attempt(({ code: secondFactorCode, ...rest }) =>
          app.api.signInByCode({ email, code: digits, ...(secondFactorCode && { secondFactorCode }), ...rest }));
      },
    });
    async function sendAnother() {
      form.say('');
      sent.textContent = '';
      try {
        await app.api.requestCode(email);
        sent.textContent = t('code.sentAgain');
      } catch (error) {
        form.fail(error);
      }
      code.control.focus();
    }
    page.show(
      t('code.mailedTitle'),
      h('p', {}, t('code.mailedIntro', { email })),
      form.element,
      sent,
      h('div', { class: 'entry-links' }, again, backToPassword()),
    );
  }

  function showFactor(call) {
    askFactor(async (factor) => {
      await call(factor);
      await app.signedIn();
    });
  }

  /** Who somebody is, the other provider has said; the browser holds a ticket for five minutes. */
  function showSecondStep() {
    askFactor(async (factor) => {
      let answer = null;
      try {
        answer = await app.api.finishSecondFactor(factor);
      } catch (error) {
        if (error.status === 401 && !asksForFactor(error)) return showPassword(t('signIn.stepOver'));
        throw error;
      }
      await app.signedIn({ path: pathOf(answer.location) });
    });
  }

  function askFactor(send) {
    const form = factorForm({ send });
    page.show(
      t('factor.title'),
      form.element,
      h('div', { class: 'entry-links' }, form.toggle, backToPassword()),
    );
  }

  function backToPassword() {
    return button({ label: t('common.back'), kind: 'quiet', on: { click: () => showPassword() } });
  }
}
