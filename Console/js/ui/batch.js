/** Several alerts at once: which are chosen, the bar with what can be done, and how it went for each of them. */
import { h, setText } from './dom.js';
import { button, whileBusy } from './buttons.js';
import { askBatchResolution } from './batch-resolution.js';
import { batchResults } from './batch-results.js';
import { sentenceFor } from './errors.js';
import { newKey } from '../net/keys.js';
import { plural, t } from '../i18n.js';
import { eligibleFor } from '../pure/alert-actions.js';
import * as select from '../pure/selection.js';

const PERMISSIONS = ['acknowledge_alerts', 'resolve_alerts'];

/** @param {object} app @param {{shown: () => object[], onChange: () => void}} options */
export function createBatch(app, { shown, onChange }) {
  let selection = select.nothing();
  const results = batchResults();
  const count = h('p', { class: 'batch-count', role: 'status' });
  const acknowledge = button({ label: '', icon: 'check', kind: 'primary', on: { click: () => run('acknowledge') } });
  const resolve = button({ label: '', icon: 'done', kind: 'primary', on: { click: () => run('resolve') } });
  const all = button({ label: t('batch.all'), kind: 'quiet', on: { click: chooseAll } });
  const none = button({ label: t('batch.none'), kind: 'quiet', on: { click: clear } });
  const bar = h(
    'div',
    { class: 'batch-bar', role: 'group', 'aria-label': t('batch.label'), hidden: true },
    count,
    h('div', { class: 'batch-buttons' }, acknowledge, resolve, all, none),
  );

  const order = () => shown().map((alert) => alert.id);
  const chosen = () => shown().filter((alert) => select.has(selection, alert.id));
  const possible = () => PERMISSIONS.some((permission) => app.session.can(permission));

  function set(next) {
    selection = next;
    onChange();
  }

  function chooseAll() {
    set(select.all(order()));
  }

  function clear() {
    if (selection.ids.length === 0) return false;
    set(select.nothing());
    return true;
  }

  function pick(id, extend) {
    if (!possible() || id === null) return false;
    set(extend ? select.extendTo(selection, id, order()) : select.toggle(selection, id));
    return true;
  }

  function showButton(control, action) {
    const number = eligibleFor(action, chosen(), app.session.current).length;
    control.hidden = number === 0;
    setText(control.lastElementChild, plural(`batch.${action}`, number));
  }

  function run(action) {
    const alerts = eligibleFor(action, chosen(), app.session.current);
    if (alerts.length === 0) return;
    if (action === 'resolve') {
      return askBatchResolution(app, alerts, { send: (body, key) => send(action, alerts, body, key) });
    }
    return whileBusy(acknowledge, async () => {
      try {
        await send(action, alerts, {}, newKey());
      } catch (error) {
        app.toasts.bad(sentenceFor(error));
      }
    });
  }

  async function send(action, alerts, body, key) {
    const call = action === 'resolve' ? app.api.resolveTogether : app.api.acknowledgeTogether;
    const { succeeded, failed } = await call({ ...body, alertIds: alerts.map((alert) => alert.id) }, key);
    results.show(action, alerts, succeeded, failed);
    set(select.afterBatch(selection, succeeded, failed));
    const said = plural(`batch.done.${action}`, succeeded.length);
    if (failed.length === 0) app.toasts.good(said);
    else app.toasts.bad(`${said} ${plural('batch.failed', failed.length)}`);
    app.board.reload();
  }

  return {
    bar,
    results: results.element,
    pick,
    clear,
    /** Call after every change of the board. @param {{showPicks: Function}} list */
    show(list) {
      selection = select.keepOnly(selection, order());
      list.showPicks((id) => select.has(selection, id), possible());
      const number = selection.ids.length;
      const hadFocus = bar.contains(document.activeElement);
      bar.hidden = number === 0;
      if (hadFocus && bar.hidden) app.focusMain();
      setText(count, plural('batch.count', number));
      all.hidden = number >= Math.min(order().length, select.MOST_SELECTED);
      showButton(acknowledge, 'acknowledge');
      showButton(resolve, 'resolve');
      results.mark(list.element);
    },
  };
}
