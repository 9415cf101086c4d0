/** One endpoint of another program: where, which events, on or off, another secret. */
import { h } from './dom.js';
import { button, whileBusy } from './buttons.js';
import { checksField } from './checks-field.js';
import { field } from './forms.js';
import { formDialog } from './dialog.js';
import { recordForm } from './record-form.js';
import { sentenceFor } from './errors.js';
import { showSecret } from './secret-dialog.js';
import { t, word } from '../i18n.js';

export const WEBHOOK_EVENTS = [
  'alert:new', 'alert:updated', 'alert:escalated', 'alert:commented', 'appointment:updated',
];

const tellSecret = (secret) => showSecret({
  title: t('webhooks.secretTitle'), intro: t('webhooks.secretIntro'), label: t('webhooks.secret'), secret,
});

/** @param {object} app @param {object|null} hook null makes a new one */
export function webhookForm(app, hook, { close, again, done }) {
  const isNew = hook === null;
  const calls = app.api.webhooks;
  const url = h('input', {
    type: 'text', inputmode: 'url', maxlength: 500, autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false',
    value: hook?.url ?? '',
  });
  const description = h('input', { type: 'text', maxlength: 100, autocomplete: 'off', value: hook?.description ?? '' });
  const events = checksField({
    name: 'events',
    legend: t('webhooks.events'),
    options: WEBHOOK_EVENTS.map((value) => ({ value, text: word('webhookEvent', value) })),
    chosen: hook?.events ?? WEBHOOK_EVENTS,
    missing: t('webhooks.eventsMissing'),
  });
  const active = h('input', { type: 'checkbox', checked: hook?.isActive ?? true });
  const activeRow = h('label', { class: 'check' }, active, h('span', {}, t('webhooks.active')));
  const rows = [
    field({ label: t('webhooks.url'), name: 'url', hint: t('webhooks.urlHint'), control: url }),
    field({ label: t('webhooks.description'), name: 'description', optional: true, control: description }),
    events,
  ];
  const rotate = button({ label: t('webhooks.newSecret'), icon: 'key', on: { click: () => whileBusy(rotate, askSecret) } });

  function problems() {
    const errors = events.problems();
    if (!url.value.trim()) errors.unshift({ path: 'url', message: t('field.missing') });
    if (hook?.description && !description.value.trim()) {
      errors.push({ path: 'description', message: t('templates.cannotEmpty') });
    }
    return errors;
  }

  function body() {
    const text = description.value.trim();
    return {
      url: url.value.trim(),
      events: events.read(),
      ...(text ? { description: text } : {}),
      ...(isNew ? {} : { version: hook.version, isActive: active.checked }),
    };
  }

  async function askSecret() {
    let secret = null;
    const isDone = await formDialog({
      title: t('webhooks.newSecretTitle'),
      intro: t('webhooks.newSecretIntro'),
      rows: [],
      submitLabel: t('webhooks.newSecret'),
      kind: 'danger',
      submit: async () => {
        ({ secret } = await calls.newSecret(hook.id));
      },
      onError: sentenceFor,
      fallbackFocus: () => app.focusMain(),
    });
    if (!isDone) return;
    again();
    tellSecret(secret);
  }

  return recordForm(app, {
    title: isNew ? t('webhooks.newTitle') : t('webhooks.editTitle'),
    rows,
    layout: isNew ? rows : [...rows, activeRow, h('div', {}, rotate)],
    problems,
    save: (key) => (isNew ? calls.create(body(), key) : calls.update(hook.id, body(), key)),
    remove: isNew ? null : () => calls.remove(hook.id),
    removeLabel: t('webhooks.remove'),
    removeIntro: t('webhooks.removeIntro'),
    done: (made, what) => {
      done(t(what === 'saved' ? 'webhooks.saved' : 'webhooks.removed'));
      if (made?.secret) tellSecret(made.secret);
    },
    reload: again,
    cancel: close,
  });
}
