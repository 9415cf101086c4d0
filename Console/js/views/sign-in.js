/** Signing in with email and password. */
import { h } from '../ui/dom.js';
import { brandMark } from '../ui/icons.js';
import { button } from '../ui/buttons.js';
import { field, showFieldErrors } from '../ui/forms.js';
import { t } from '../i18n.js';
import { providerName, problemKey } from '../pure/providers.js';

/** @param {object} app @param {{reason?: string}} params */
export function signInView(app, { reason } = {}) {
  const email = h(
    'input',
    {
      type: 'email',
      autocomplete: 'username',
      inputmode: 'email',
      autocapitalize: 'none',
      spellcheck: 'false',
      required: true,
    },
  );
  const password = h('input', { type: 'password', autocomplete: 'current-password', required: true });
  const rows = [
    field({ label: t('signIn.email'), name: 'email', control: email }),
    field({ label: t('signIn.password'), name: 'password', control: password }),
  ];
  const came = problemKey(location.search);
  if (came) history.replaceState(null, '', location.pathname);
  const first = came ? t(came) : reason ?? '';
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: !first }, first);
  const send = button({ label: t('signIn.submit'), kind: 'primary', type: 'submit', class: 'button-large' });
  const heading = h('h1', { tabindex: '-1', class: 'sign-in-title' }, t('signIn.title'));
  const form = h('form', { class: 'sign-in-form', novalidate: true, on: { submit } }, problem, rows, send);
  const others = h('div', { class: 'sign-in-others', hidden: true });
  const brand = h(
    'div',
    { class: 'sign-in-brand' },
    brandMark(),
    h('p', { class: 'sign-in-name' }, t('app.name')),
    h('p', { class: 'sign-in-claim' }, t('app.claim')),
  );
  const element = h(
    'main',
    { class: 'sign-in', id: 'main' },
    brand,
    h('div', { class: 'sign-in-card' }, heading, form, others),
  );
  showProviders();

  /** Links, so that they open as links do; without an answer the password is all there is. */
  async function showProviders() {
    let names = [];
    try {
      names = (await app.api.providers()).data.providers;
    } catch (error) {
      if (!error.isUnreachable && !error.status) throw error;
      return;
    }
    const back = encodeURIComponent(location.pathname);
    others.hidden = names.length === 0;
    others.replaceChildren(
      h('p', { class: 'sign-in-or' }, t('signIn.or')),
      ...names.map((name) =>
        h(
          'a',
          { class: 'button button-large', href: `/api/auth/sign-in/${name}?returnTo=${back}` },
          t('signIn.with', { name: providerName(name) }),
        )),
    );
  }

  function say(text) {
    problem.textContent = text;
    problem.hidden = !text;
  }

  /** What can be seen without the server is said without it. */
  function missing() {
    const errors = [];
    if (!email.value.includes('@')) errors.push({ path: 'email', message: t('signIn.emailMissing') });
    if (!password.value) errors.push({ path: 'password', message: t('signIn.passwordMissing') });
    showFieldErrors(rows, errors);
    return errors.length > 0;
  }

  function sentence(error) {
    if (error.isUnreachable) return t('errors.unreachable');
    if (error.status === 429) return t('signIn.tooMany', { seconds: error.retryAfterSeconds || 60 });
    if (error.status === 401) return t('signIn.wrong');
    return error.message || t('errors.other', { status: error.status });
  }

  async function submit(event) {
    event.preventDefault();
    if (send.getAttribute('aria-busy') === 'true' || missing()) return;
    say('');
    send.setAttribute('aria-busy', 'true');
    try {
      await app.api.signIn(email.value.trim(), password.value);
      await app.signedIn();
    } catch (error) {
      const left = showFieldErrors(rows, error.fields ?? []);
      say(error.fields?.length > 0 && left.length === 0 ? '' : sentence(error));
      if (error.status === 401) {
        password.value = '';
        password.focus();
      }
    } finally {
      send.removeAttribute('aria-busy');
    }
  }

  return { title: t('signIn.title'), element, heading, focusFirst: () => email.focus(), keys: {}, destroy() {} };
}
