/** The second factor: setting it up with a telephone, new backup codes, taking it away. */
import { h } from './dom.js';
import { button } from './buttons.js';
import { accountSentence } from './account-errors.js';
import { panel } from './account-page.js';
import { backupCodeField, codeField, passwordField, problemsOf } from './account-fields.js';
import { backupCodes } from './backup-codes.js';
import { plainForm } from './plain-form.js';
import { qrPicture } from './qr-code.js';
import { inGroups } from '../pure/codes.js';
import { plural, t } from '../i18n.js';

const FEW_CODES = 3;

/** @param {object} app @param {() => void} changed other sessions may be over now */
export function factorPanel(app, changed) {
  const part = panel(t('twoFactor.title'), h('p', {}, t('record.loading')));
  const back = () => button({ label: t('record.cancel'), kind: 'quiet', on: { click: () => load({ focus: true }) } });
  /** A wrong code and a session that is over answer alike: the second shows when we look again. */
  const sentence = (error) => {
    if (error.status === 401) app.session.refresh();
    return accountSentence(error);
  };
  load();
  return part.element;

  async function load({ focus = false } = {}) {
    try {
      const status = await app.api.twoFactor();
      const content = status.isEnabled ? whenOn(status) : whenOff();
      if (focus) part.show(...content);
      else part.fill(...content);
    } catch (error) {
      part.fill(h('p', { class: 'form-problem', role: 'alert' }, accountSentence(error)));
    }
  }

  function whenOff() {
    return [
      h('p', {}, t('twoFactor.off')),
      h('div', { class: 'account-actions' }, button({
        label: t('twoFactor.setUp'), icon: 'key', kind: 'primary', on: { click: askPassword },
      })),
    ];
  }

  function whenOn({ enabledAt, backupCodesLeft: left }) {
    return [
      h('p', {}, h('span', { class: 'tag tag-good' }, t('twoFactor.on')), ' ',
        t('twoFactor.since', { time: app.time.full(enabledAt) })),
      h('p', { class: left <= FEW_CODES ? 'form-problem' : null }, plural('twoFactor.left', left)),
      h(
        'div',
        { class: 'account-actions' },
        button({ label: t('twoFactor.newCodes'), on: { click: askNewCodes } }),
        button({ label: t('twoFactor.turnOff'), kind: 'danger', on: { click: askOff } }),
      ),
    ];
  }

  function askPassword() {
    const password = passwordField({ first: true });
    const form = plainForm({
      rows: [password],
      submitLabel: t('twoFactor.goOn'),
      more: [back()],
      problems: password.problems,
      send: async () => showSecret(await app.api.enableTwoFactor(password.control.value)),
      sentence,
    });
    part.show(h('p', {}, t('twoFactor.passwordIntro')), form.element);
  }

  function showSecret({ secret, otpauthUrl }) {
    const code = codeField({ label: t('factor.code'), hint: t('twoFactor.codeHint') });
    const form = plainForm({
      rows: [code],
      submitLabel: t('twoFactor.confirm'),
      more: [back()],
      problems: code.problems,
      send: async () => {
        const confirm = () => app.api.confirmTwoFactor(code.read());
        const { backupCodes: codes } = await app.session.rotate(confirm);
        showCodes(codes);
        changed();
      },
      sentence,
    });
    part.show(
      h(
        'div',
        { class: 'factor-set-up' },
        qrPicture(otpauthUrl, t('twoFactor.qr')),
        h(
          'div',
          { class: 'panel-body' },
          h('ol', { class: 'account-steps' },
            h('li', {}, t('twoFactor.scan'), ' ', h('a', { href: otpauthUrl }, t('twoFactor.here'))),
            h('li', {}, t('twoFactor.type'), h('code', { class: 'factor-secret' }, inGroups(secret))),
            h('li', {}, t('twoFactor.enter'))),
          form.element,
        ),
      ),
    );
  }

  function showCodes(codes) {
    part.show(backupCodes(app, codes, () => load({ focus: true })));
  }

  function askNewCodes() {
    const code = codeField({ label: t('factor.code') });
    const form = plainForm({
      rows: [code],
      submitLabel: t('twoFactor.newCodes'),
      more: [back()],
      problems: code.problems,
      send: async () => showCodes((await app.api.newBackupCodes(code.read())).backupCodes),
      sentence,
    });
    part.show(h('p', {}, t('twoFactor.newCodesIntro')), form.element);
  }

  function askOff() {
    const password = passwordField({ first: true });
    const code = codeField({ label: t('factor.code') });
    const backup = backupCodeField({ hint: t('twoFactor.orBackup') });
    delete code.control.dataset.first;
    delete backup.control.dataset.first;
    const form = plainForm({
      rows: [password, code, backup],
      submitLabel: t('twoFactor.turnOff'),
      button: { kind: 'danger' },
      more: [back()],
      problems: () => problemsOf([password, backup.control.value.trim() ? backup : code]),
      send: async () => {
        const shown = backup.control.value.trim() ? { backupCode: backup.read() } : { code: code.read() };
        await app.session.rotate(() =>
          app.api.disableTwoFactor({ password: password.control.value, ...shown }));
        app.toasts.good(t('twoFactor.isOff'));
        changed();
        await load({ focus: true });
      },
      sentence,
    });
    part.show(h('p', {}, t('twoFactor.offIntro')), form.element);
  }
}
