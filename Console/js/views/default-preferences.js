/** How people of the hospital are told who have chosen nothing. */
import { h } from '../ui/dom.js';
import { preferencesForm } from '../ui/preferences-form.js';
import { sentenceFor } from '../ui/errors.js';
import { setupPage } from '../ui/setup-page.js';
import { t } from '../i18n.js';

/** @param {object} app */
export function defaultPreferencesView(app) {
  let gone = false;
  const body = h('section', { class: 'panel', 'aria-label': t('defaults.title') }, h('p', {}, t('record.loading')));
  const page = setupPage(app, 'defaults', body);

  async function save(value, key) {
    show(await app.api.preferences.saveDefaults(value, key));
    app.toasts.good(t('defaults.saved'));
    page.heading.focus({ preventScroll: true });
  }

  function show(value) {
    if (!gone) body.replaceChildren(preferencesForm({ value, save }));
  }

  app.api.preferences.defaults().then(show, (error) => {
    if (!gone) body.replaceChildren(h('p', { class: 'form-problem', role: 'alert' }, sentenceFor(error)));
  });
  return { ...page, keys: {}, destroy: () => { gone = true; } };
}
