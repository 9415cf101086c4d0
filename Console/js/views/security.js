/** Password, second factor, telephone, where one is signed in, accounts elsewhere, and keys of programs. */
import { h } from '../ui/dom.js';
import { accountPage } from '../ui/account-page.js';
import { devicesPanel } from '../ui/devices-panel.js';
import { factorPanel } from '../ui/factor-panel.js';
import { keysPanel } from '../ui/keys-panel.js';
import { linkedPanel } from '../ui/linked-panel.js';
import { passwordPanel } from '../ui/password-panel.js';
import { phonePanel } from '../ui/phone-panel.js';

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
      h('div', { class: 'account-side' }, factorPanel(app, changed), devices.element, keysPanel(app)),
      h('div', { class: 'account-side' }, passwordPanel(app, changed), phonePanel(app), linkedPanel(app)),
    ),
  );
}
