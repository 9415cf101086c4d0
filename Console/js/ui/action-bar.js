/** The buttons of one alert, as its state and the person's permissions allow. */
import { h } from './dom.js';
import { button, whileBusy } from './buttons.js';
import { runAction } from './run-action.js';
import { t } from '../i18n.js';
import { actionsFor } from '../pure/alert-actions.js';

const ICONS = { acknowledge: 'check', resolve: 'done', decline: 'decline', escalate: 'up', cancel: 'cross' };

/** @param {object} app @param {() => object} alertNow @param {{withNote?: boolean}} [options] */
export function actionBar(app, alertNow, { withNote = false } = {}) {
  const element = h('div', { class: 'actions', role: 'group' });
  let shown = null;

  function make(action) {
    const alert = alertNow();
    const kind = action === 'acknowledge' || action === 'resolve' ? 'primary' : 'plain';
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
      const names = actionsFor(alert, app.session.current);
      const key = names.join(' ');
      if (key === shown) return false;
      const focused = element.contains(document.activeElement);
      shown = key;
      element.setAttribute('aria-label', t('action.group', { room: alert.roomNumber }));
      element.replaceChildren(...names.map(make));
      element.hidden = names.length === 0;
      return focused;
    },
    /** Presses a button by its name, if it is there. */
    run(action) {
      element.querySelector(`[data-action="${action}"]`)?.click();
    },
  };
}
