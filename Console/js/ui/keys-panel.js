/** Keys with which programs call in one's name: made with some of one's own rights, shown once, taken back. */
import { h } from './dom.js';
import { button } from './buttons.js';
import { accountSentence } from './account-errors.js';
import { panel } from './account-page.js';
import { passwordField, problemsOf, textField } from './account-fields.js';
import { selectOf } from './choices.js';
import { field } from './forms.js';
import { formDialog } from './dialog.js';
import { plainForm } from './plain-form.js';
import { scopesField } from './scopes-field.js';
import { plural, t, word } from '../i18n.js';

const DAYS = [7, 30, 90, 180, 366];
const USUAL_DAYS = 90;

/** @param {object} app @returns {HTMLElement} */
export function keysPanel(app) {
  const part = panel(t('keys.title'), h('p', {}, t('record.loading')));
  load();
  return part.element;

  async function load({ focus = false } = {}) {
    try {
      const content = list(await app.api.keys());
      if (focus) part.show(...content);
      else part.fill(...content);
    } catch (error) {
      part.fill(h('p', { class: 'form-problem', role: 'alert' }, accountSentence(error)));
    }
  }

  function list(keys) {
    const make = button({ label: t('keys.make'), icon: 'raise', on: { click: askNew } });
    return [
      h('p', {}, t('keys.intro')),
      keys.length > 0 && h('ul', { class: 'devices' }, keys.map(row)),
      h('div', { class: 'account-actions' }, make),
    ];
  }

  function row(key) {
    const isOver = Date.parse(key.expiresAt) <= app.clock.now();
    const state = key.revokedAt
      ? t('keys.revoked', { time: app.time.full(key.revokedAt) })
      : t(isOver ? 'keys.over' : 'keys.until', { time: app.time.full(key.expiresAt) });
    const used = key.lastUsedAt ? t('keys.used', { time: app.time.full(key.lastUsedAt) }) : t('keys.unused');
    const revoke = button({
      label: t('keys.revoke'), kind: 'danger', 'aria-label': t('keys.revokeSpoken', { name: key.name }),
      on: { click: () => askRevocation(key) },
    });
    return h(
      'li',
      { class: 'device', dataset: { keyId: key.id } },
      h(
        'div',
        {},
        h('p', { class: 'device-name' }, key.name, h('code', { class: 'key-prefix' }, `wk_${key.prefix}_…`)),
        h('p', { class: 'device-facts' }, key.scopes.map((scope) => word('permission', scope)).join(', ')),
        h('p', { class: 'device-facts' }, `${state} · ${used}`),
      ),
      key.revokedAt || isOver ? null : revoke,
    );
  }

  async function askRevocation(key) {
    const done = await formDialog({
      title: t('keys.revokeTitle', { name: key.name }),
      intro: t('keys.revokeIntro'),
      rows: [],
      submitLabel: t('keys.revoke'),
      kind: 'danger',
      submit: () => app.api.revokeKey(key.id),
      onError: accountSentence,
      fallbackFocus: () => part.heading.focus(),
    });
    if (done) await load({ focus: true });
  }

  function askNew() {
    const name = textField({ name: 'name', label: t('keys.name'), hint: t('keys.nameHint'), first: true });
    const spans = DAYS.map((count) => ({ value: String(count), text: plural('keys.days', count) }));
    const days = selectOf(spans, USUAL_DAYS);
    const expires = field({ label: t('keys.good'), name: 'expiresInDays', control: days });
    const scopes = scopesField(app.session.current.permissions);
    const password = passwordField();
    const rows = [name, expires, scopes, password];
    const form = plainForm({
      rows,
      submitLabel: t('keys.make'),
      more: [button({ label: t('record.cancel'), kind: 'quiet', on: { click: () => load({ focus: true }) } })],
      problems: () => problemsOf(rows),
      send: async () => {
        const made = await app.api.createKey({
          name: name.control.value.trim(),
          expiresInDays: Number(days.value),
          scopes: scopes.read(),
          password: password.control.value,
        });
        showOnce(made);
      },
    });
    part.show(form.element);
  }

  function showOnce({ name, key }) {
    const box = h('textarea', {
      class: 'screen-link', rows: 2, readonly: true, 'aria-label': t('keys.key'), 'data-first': true, value: key,
    });
    const copied = h('p', { class: 'field-hint', role: 'status' });
    async function copy() {
      box.select();
      try {
        await navigator.clipboard.writeText(key);
        copied.textContent = t('screens.copied');
      } catch {
        copied.textContent = t('keys.copyByHand'); // plain http, or refused: the text is selected
      }
    }
    part.show(
      h('p', { class: 'form-good', role: 'status' }, t('keys.once', { name })),
      box,
      copied,
      h(
        'div',
        { class: 'account-actions' },
        button({ label: t('backup.copy'), icon: 'copy', on: { click: copy } }),
        button({ label: t('keys.kept'), icon: 'check', kind: 'primary', on: { click: () => load({ focus: true }) } }),
      ),
    );
  }
}
