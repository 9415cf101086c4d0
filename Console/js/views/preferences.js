/** How this person wants to be told of things; a message on trial; the hospital's usual way back. */
import { h } from '../ui/dom.js';
import { accountPage, facts, panel } from '../ui/account-page.js';
import { button, whileBusy } from '../ui/buttons.js';
import { preferencesForm } from '../ui/preferences-form.js';
import { sentenceFor } from '../ui/errors.js';
import { testPanel } from '../ui/test-panel.js';
import { t } from '../i18n.js';

/** @param {object} app */
export function preferencesView(app) {
  let gone = false;
  const own = panel(t('preferences.own'), h('p', {}, t('record.loading')));
  const reached = panel(t('preferences.reached'), facts([
    [t('channel.email'), app.session.current.user.email],
    [t('preferences.texts'), t('preferences.phone')],
  ]));
  const trial = testPanel(app);
  const page = accountPage(
    app,
    'preferences',
    h(
      'div',
      { class: 'account-columns' },
      own.element,
      h('div', { class: 'account-side' }, reached.element, trial),
    ),
  );
  load();
  return { ...page, destroy: () => { gone = true; } };

  function failed(error) {
    return h('p', { class: 'form-problem', role: 'alert' }, sentenceFor(error));
  }

  function show(value, { focus = false } = {}) {
    if (gone) return;
    const form = preferencesForm({ value, save });
    const reset = button({
      label: t('preferences.reset'), kind: 'quiet', on: { click: () => whileBusy(reset, forget) },
    });
    const state = h('p', { class: 'page-note' }, t(value.isChosen ? 'preferences.chosen' : 'preferences.usual'));
    own.fill(state, form, value.isChosen && h('div', {}, reset));
    if (focus) own.heading.focus({ preventScroll: true });
  }

  async function load() {
    try {
      show(await app.api.preferences.own());
    } catch (error) {
      if (!gone) own.fill(failed(error));
    }
  }

  async function save(body, key) {
    const value = await app.api.preferences.saveOwn(body, key);
    app.toasts.good(t('preferences.saved'));
    show(value, { focus: true });
  }

  async function forget() {
    try {
      const value = await app.api.preferences.resetOwn();
      app.toasts.good(t('preferences.isReset'));
      show(value, { focus: true });
    } catch (error) {
      app.toasts.bad(sentenceFor(error));
    }
  }
}
