/** The buttons of one alert, as its state and the person's permissions allow. */
import { h } from './dom.js';
import { button, whileBusy } from './buttons.js';
import { runAction } from './run-action.js';
import { t } from '../i18n.js';
import { actionsFor, isFirstChoice } from '../pure/alert-actions.js';

const ICONS = {
  acknowledge: 'check',
  come: 'check',
  takeOver: 'check',
  arrive: 'done',
  resolve: 'done',
  withdraw: 'decline',
  transfer: 'leave',
  decline: 'decline',
  escalate: 'up',
  cancel: 'cross',
};

/** One key does what is first possible of these. */
const ACTION_KEYS = [
  ['a', 'acknowledge', 'come', 'takeOver'],
  ['i', 'arrive'],
  ['u', 'withdraw'],
  ['r', 'resolve'],
  ['t', 'transfer'],
  ['d', 'decline'],
  ['e', 'escalate'],
  ['c', 'cancel'],
];

/** @param {(actions: string[]) => void} run */
export const actionKeys = (run) =>
  Object.fromEntries(ACTION_KEYS.map(([key, ...actions]) => [key, () => run(actions)]));

/** @param {object} app @param {() => object} alertNow @param {{withNote?: boolean}} [options] */
export function actionBar(app, alertNow, { withNote = false } = {}) {
  const element = h('div', { class: 'actions', role: 'group' });
  let shown = null;

  function make(action, isFirst) {
    const alert = alertNow();
    const kind = isFirst ? 'primary' : 'plain';
    const control = button({
      label: t(`action.${action}`),
      icon: ICONS[action],
      kind,
      dataset: { action },
      'aria-label': t('action.spoken', { action: t(`action.${action}`), room: alert.roomNumber }),
      on: { click: () => whileBusy(control, () => runAction(app, action, alertNow(), { withNote })) },
    });
    control.dataset.action = action;
    return control;
  }

  return {
    element,
    /** @returns {boolean} whether the buttons were exchanged */
    update() {
      const alert = alertNow();
      const names = actionsFor(alert, app.session.current, { onPage: withNote });
      const key = names.join(' ');
      if (key === shown) return false;
      const focused = element.contains(document.activeElement);
      shown = key;
      element.setAttribute('aria-label', t('action.group', { room: alert.roomNumber }));
      const first = names.find(isFirstChoice);
      element.replaceChildren(...names.map((name) => make(name, name === first)));
      element.hidden = names.length === 0;
      return focused;
    },
    /** Presses the first button of these names that is there. @param {string[]} actions */
    run(actions) {
      for (const action of actions) {
        const control = element.querySelector(`[data-action="${action}"]`);
        if (control) return control.click();
      }
    },
  };
}
