/** What an endpoint was handed, the newest first; what did not arrive is handed over once more. */
import { h, setText } from './dom.js';
import { button, whileBusy } from './buttons.js';
import { sentenceFor } from './errors.js';
import { table } from './table.js';
import { plural, t, word } from '../i18n.js';

/** @param {object} app @param {object} hook */
export function webhookLog(app, hook, { close }) {
  let gone = false;
  const heading = h('h2', { tabindex: '-1' }, t('webhooks.logTitle'));
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const list = h('div', { 'aria-live': 'polite' }, h('p', { class: 'page-note' }, t('record.loading')));
  const again = button({ label: t('outbox.again'), on: { click: () => whileBusy(again, load) } });
  const leave = button({ label: t('common.close'), kind: 'quiet', on: { click: close } });
  const element = h(
    'section',
    { class: 'panel record-form' },
    heading,
    h('p', { class: 'page-note screen-link' }, hook.url),
    problem,
    list,
    h('div', { class: 'record-actions' }, again, leave),
  );
  load();
  return { element, heading, destroy: () => { gone = true; } };

  function say(text) {
    setText(problem, text);
    problem.hidden = !text;
  }

  function outcome(row) {
    const status = h('span', { class: 'state-tag', dataset: { state: row.status } }, word('webhookStatus', row.status));
    const why = row.status === 'delivered' ? row.responseStatus && t('webhooks.answered', { status: row.responseStatus })
      : row.reason && word('webhookReason', row.reason);
    return [status, ' ', h('span', { class: 'device-facts' },
      [why, plural('deliveries.tries', row.attempts)].filter(Boolean).join(' · '))];
  }

  function redo(row) {
    if (row.status === 'waiting') return null;
    const press = button({
      label: t('webhooks.redeliver'),
      'aria-label': t('webhooks.redeliverSpoken', { number: row.eventNumber }),
      on: { click: () => whileBusy(press, () => redeliver(row)) },
    });
    return press;
  }

  async function redeliver(row) {
    try {
      await app.api.webhooks.redeliver(row.id);
      app.toasts.good(t('webhooks.onItsWay'));
      say('');
      await load();
      heading.focus({ preventScroll: true });
    } catch (error) {
      say(sentenceFor(error));
    }
  }

  async function load() {
    try {
      const rows = await app.api.webhooks.deliveries(hook.id);
      if (gone) return;
      if (rows.length === 0) return list.replaceChildren(h('p', { class: 'page-note' }, t('webhooks.nothing')));
      list.replaceChildren(table({
        caption: t('webhooks.logTitle'),
        heads: ['event', 'number', 'time', 'outcome', 'act'].map((key) => t(`webhooks.head.${key}`)),
        rows: rows.map((row) => ({
          dataset: { deliveryId: row.id, status: row.status },
          cells: [
            word('webhookEvent', row.event), String(row.eventNumber), app.time.full(row.createdAt), outcome(row), redo(row),
          ],
        })),
      }));
    } catch (error) {
      if (!gone) say(sentenceFor(error));
    }
  }
}
