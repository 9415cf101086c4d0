/** How a batch went, alert by alert; what failed says why, here and on its card. */
import { h } from './dom.js';
import { icon } from './icons.js';
import { t } from '../i18n.js';

export function batchResults() {
  const list = h('ul', { class: 'batch-list' });
  const close = h(
    'button',
    { type: 'button', class: 'dialog-close', 'aria-label': t('common.dismiss'), on: { click: dismiss } },
    icon('cross'),
  );
  const title = h('h2', {});
  const element = h(
    'section',
    { class: 'panel batch-results', 'aria-label': t('batch.results'), hidden: true },
    h('header', { class: 'batch-results-head' }, title, close),
    list,
  );
  let reasons = new Map();

  function dismiss() {
    reasons = new Map();
    element.hidden = true;
  }

  const row = (room, ok, text) => h(
    'li',
    { class: 'batch-row', dataset: { ok: String(ok) } },
    icon(ok ? 'done' : 'decline'),
    h('strong', {}, room),
    h('span', {}, text),
  );

  return {
    element,
    show(action, alerts, succeeded, failed) {
      const done = new Set(succeeded);
      reasons = new Map(failed.map(({ alertId, error }) => [alertId, error]));
      title.textContent = t('batch.results');
      list.replaceChildren(...alerts.map((alert) => row(
        alert.roomNumber,
        done.has(alert.id),
        done.has(alert.id) ? t(`batch.one.${action}`) : reasons.get(alert.id) ?? '',
      )));
      element.hidden = false;
    },
    /** Marks the cards of what failed. */
    mark(board) {
      for (const item of board.children) item.toggleAttribute('data-failed', reasons.has(item.dataset.alertId));
    },
  };
}
