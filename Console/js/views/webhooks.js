/** Webhooks: other programs that hear the hospital's events, how each is, and what it was handed. */
import { h } from '../ui/dom.js';
import { button } from '../ui/buttons.js';
import { recordList } from '../ui/record-list.js';
import { setupPage } from '../ui/setup-page.js';
import { webhookForm } from '../ui/webhook-form.js';
import { webhookLog } from '../ui/webhook-log.js';
import { plural, t, word } from '../i18n.js';

/** @param {object} app */
export function webhooksView(app) {
  let wantsLog = false;

  /** How it is, in one word; `off` where somebody has paused it. */
  const stateOf = (hook) => (!hook.isActive ? 'off' : hook.breaker === 'closed' ? 'well' : 'resting');

  function facts(hook, state) {
    if (state === 'off') return t('webhooks.isOff');
    const behind = hook.behind > 0 ? plural('webhooks.behind', hook.behind) : t('webhooks.upToDate');
    const next = state === 'resting'
      ? t('webhooks.nextTry', { count: hook.failures, time: app.time.second(hook.nextTryAt) })
      : '';
    return [behind, next].filter(Boolean).join(' · ');
  }

  function row(hook, edit) {
    const state = stateOf(hook);
    const open = (log) => {
      wantsLog = log;
      edit(hook);
      wantsLog = false;
    };
    return h(
      'li',
      { class: 'ladder webhook', dataset: { webhookId: hook.id, state } },
      h(
        'div',
        {},
        h(
          'p',
          { class: 'ladder-scope' },
          h('span', {}, hook.description ?? hook.url),
          h('span', { class: 'state-tag', dataset: { state } }, t(`webhooks.state.${state}`)),
        ),
        hook.description && h('p', { class: 'device-facts screen-link' }, hook.url),
        h('p', { class: 'ladder-steps' }, hook.events.map((event) => word('webhookEvent', event)).join(', ')),
        h('p', { class: 'ladder-steps' }, facts(hook, state)),
      ),
      button({
        label: t('webhooks.log'),
        'aria-label': t('webhooks.logSpoken', { url: hook.url }),
        on: { click: () => open(true) },
      }),
      button({
        label: t('ladders.edit'),
        'aria-label': t('webhooks.editSpoken', { url: hook.url }),
        on: { click: () => open(false) },
      }),
    );
  }

  const records = recordList(app, {
    newLabel: t('webhooks.new'),
    load: app.api.webhooks.list,
    idOf: (hook) => hook.id,
    form: (hook, tools) => (hook && wantsLog ? webhookLog(app, hook, tools) : webhookForm(app, hook, tools)),
    list: (hooks, edit) => [
      hooks.length > 0
        ? h('div', { class: 'panel' }, h('ul', {}, hooks.map((hook) => row(hook, edit))))
        : h('p', { class: 'page-note' }, t('webhooks.none')),
    ],
  });
  const page = setupPage(app, 'webhooks', records.element);
  return { ...page, keys: {}, destroy: records.destroy };
}
