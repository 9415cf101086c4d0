/** Proving that an address is one's own: one press by the mailed link, or with the mailed code. */
import { h, link } from '../ui/dom.js';
import { codeField, emailField, problemsOf } from '../ui/account-fields.js';
import { entryPage, goodNote } from '../ui/entry-page.js';
import { plainForm } from '../ui/plain-form.js';
import { t } from '../i18n.js';

const PATH = '/verify';

/** @param {object} app */
export function verifyView(app) {
  const page = entryPage(t('verify.title'));
  const token = app.mailed.token(PATH);
  if (token) showLink();
  else showCode();
  return page;

  function done() {
    app.mailed.forget(PATH);
    const on = link('/', { class: 'button button-primary button-large', 'data-first': true }, t('verify.goOn'));
    page.show(t('verify.doneTitle'), goodNote(t('verify.done')), h('div', { class: 'entry-actions' }, on));
  }

  /** Pressed by a person: a mail filter that opens every link proves nothing. */
  function showLink() {
    const form = plainForm({
      rows: [],
      submitLabel: t('verify.submit'),
      button: { class: 'button-large', 'data-first': true },
      send: async () => {
        await app.api.verifyEmail({ token });
        done();
      },
    });
    page.show(t('verify.title'), h('p', {}, t('verify.intro')), form.element);
  }

  function showCode() {
    const email = emailField({ first: true });
    const code = codeField({ label: t('code.mailed') });
    delete code.control.dataset.first;
    const rows = [email, code];
    const form = plainForm({
      rows,
      submitLabel: t('verify.submit'),
      button: { class: 'button-large' },
      problems: () => problemsOf(rows),
      send: async () => {
        await app.api.verifyEmail({ email: email.control.value.trim(), code: code.read() });
        done();
      },
    });
    page.show(t('verify.title'), h('p', {}, t('verify.codeIntro')), form.element);
  }
}
