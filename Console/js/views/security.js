/** Password, second factor, and where one is signed in. */
import { h } from '../ui/dom.js';
import { accountPage } from '../ui/account-page.js';
import { devicesPanel } from '../ui/devices-panel.js';
import { factorPanel } from '../ui/factor-panel.js';
import { passwordPanel } from '../ui/password-panel.js';

/** @param {object} app */
export function securityView(app) {
  const devices = devicesPanel(app);
  /** The session goes on under another token: the live line must use it. */
  function changed() {
    app.board?.reconnect();
    devices.load();
  }
  return accountPage(
    app,
    'security',
    h(
      'div',
      { class: 'account-columns' },
      h('div', { class: 'account-side' }, factorPanel(app, changed), devices.element),
      h('div', { class: 'account-side' }, passwordPanel(app, changed)),
    ),
  );
}
