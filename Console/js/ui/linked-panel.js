/** The accounts at other providers with which somebody signs in here. */
import { h } from './dom.js';
import { button } from './buttons.js';
import { accountSentence } from './account-errors.js';
import { panel } from './account-page.js';
import { formDialog } from './dialog.js';
import { providerName } from '../pure/providers.js';
import { t } from '../i18n.js';

/** @param {object} app @returns {HTMLElement} */
export function linkedPanel(app) {
  const part = panel(t('linked.title'), h('p', {}, t('record.loading')));
  load();
  return part.element;

  async function load() {
    try {
      const accounts = await app.api.linkedAccounts();
      part.fill(accounts.length > 0
        ? h('ul', { class: 'devices' }, accounts.map(row))
        : h('p', { class: 'field-hint' }, t('linked.none')));
    } catch (error) {
      part.fill(h('p', { class: 'form-problem', role: 'alert' }, accountSentence(error)));
    }
  }

  function row(account) {
    const name = providerName(account.provider);
    const times = { since: app.time.day(account.createdAt), used: app.time.full(account.lastUsedAt) };
    return h(
      'li',
      { class: 'device', dataset: { accountId: account.id } },
      h(
        'div',
        {},
        h('p', { class: 'device-name' }, name),
        h('p', { class: 'device-facts' }, t('linked.facts', times)),
      ),
      button({
        label: t('linked.remove'),
        'aria-label': t('linked.removeSpoken', { name }),
        on: { click: () => ask(account, name) },
      }),
    );
  }

  async function ask(account, name) {
    const done = await formDialog({
      title: t('linked.removeTitle', { name }),
      intro: t('linked.removeIntro', { name }),
      rows: [],
      submitLabel: t('linked.remove'),
      kind: 'danger',
      submit: () => app.api.unlinkAccount(account.id),
      onError: accountSentence,
      fallbackFocus: () => part.heading.focus(),
    });
    if (!done) return;
    app.toasts.good(t('linked.removed', { name }));
    await load();
    part.heading.focus();
  }
}
