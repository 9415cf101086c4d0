/** One's own telephone number: named with the password, good once a code that went there has come back. */
import { h } from './dom.js';
import { accountSentence } from './account-errors.js';
import { codeField, passwordField, problemsOf, textField } from './account-fields.js';
import { facts, panel } from './account-page.js';
import { button } from './buttons.js';
import { selectOf } from './choices.js';
import { formDialog } from './dialog.js';
import { field } from './forms.js';
import { plainForm } from './plain-form.js';
import { t } from '../i18n.js';

const CHANNELS = ['sms', 'whatsapp'];

/** @param {object} app @returns {HTMLElement} hidden where Ward has no such numbers */
export function phonePanel(app) {
  const calls = app.api.ownPhone;
  const part = panel(t('phone.title'));
  part.element.hidden = true;
  load();
  return part.element;

  async function load({ focus = false } = {}) {
    try {
      const content = shown(await calls.show());
      part.element.hidden = false;
      if (focus) part.show(...content);
      else part.fill(...content);
    } catch (error) {
      part.element.hidden = error.status === 404;
      // A number that nobody can read any more can still be named anew or taken away.
      const more = error.details?.unreadable ? actions({ number: true, isProved: true }) : null;
      part.fill(h('p', { class: 'form-problem', role: 'alert' }, accountSentence(error)), more);
    }
  }

  function actions({ number, isProved }) {
    const set = button({ label: t(number ? 'phone.another' : 'phone.set'), on: { click: askNumber } });
    const prove = button({ label: t('profile.enterCode'), on: { click: () => askCode(null) } });
    const remove = button({ label: t('phone.remove'), kind: 'danger', on: { click: askRemoval } });
    return h('div', { class: 'account-actions' }, number && !isProved ? prove : null, set, number ? remove : null);
  }

  function shown({ number, isProved }) {
    return [
      h('p', {}, t('phone.intro')),
      number && facts([
        [t('phone.number'), number], [t('profile.state'), t(isProved ? 'profile.verified' : 'profile.unverified')],
      ]),
      actions({ number, isProved }),
    ];
  }

  function back() {
    return [button({ label: t('record.cancel'), kind: 'quiet', on: { click: () => load({ focus: true }) } })];
  }

  function askNumber() {
    const number = textField({
      name: 'number', label: t('phone.number'), hint: t('profile.phoneHint'), first: true, type: 'tel',
      autocomplete: 'tel', maxlength: 20,
    });
    const channel = selectOf(CHANNELS.map((value) => ({ value, text: t(`channel.${value}`) })), 'sms');
    const way = field({ label: t('phone.way'), name: 'channel', control: channel });
    const password = passwordField();
    const rows = [number, way, password];
    const form = plainForm({
      rows,
      submitLabel: t('phone.send'),
      more: back(),
      problems: () => problemsOf(rows),
      send: async () => {
        const { destination } = await calls.set({
          number: number.control.value.trim(), channel: channel.value, password: password.control.value,
        });
        askCode(destination);
      },
    });
    part.show(form.element);
  }

  /** @param {string|null} destination where a code has just gone */
  function askCode(destination) {
    const code = codeField({ label: t('phone.code') });
    const form = plainForm({
      rows: [code],
      submitLabel: t('phone.prove'),
      more: back(),
      problems: () => problemsOf([code]),
      note: destination ? t('phone.sent', { number: destination }) : undefined,
      send: async () => {
        await calls.verify(code.read());
        app.toasts.good(t('phone.proved'));
        await load({ focus: true });
      },
    });
    part.show(form.element);
  }

  async function askRemoval() {
    const done = await formDialog({
      title: t('phone.removeTitle'),
      intro: t('phone.removeIntro'),
      rows: [],
      submitLabel: t('phone.remove'),
      kind: 'danger',
      submit: () => calls.remove(),
      onError: accountSentence,
      fallbackFocus: () => part.heading.focus(),
    });
    if (done) await load({ focus: true });
  }
}
