/** By which services messages leave: the installation's, the hospital's own, or none. Secrets are told and never shown. */
import { h } from '../ui/dom.js';
import { channelForm } from '../ui/channel-form.js';
import { sentenceFor } from '../ui/errors.js';
import { setupPage } from '../ui/setup-page.js';
import { t } from '../i18n.js';

/** @param {object} app */
export function channelsView(app) {
  let gone = false;
  const host = h('div', { class: 'channels' }, h('p', { class: 'page-note' }, t('record.loading')));
  const page = setupPage(app, 'channels', host);

  function show(channels) {
    if (gone) return;
    host.replaceChildren(...channels.map((channel) => channelForm(app, channel, load)));
  }

  /** @param {{focus?: string}} [options] the channel whose card gets the focus */
  async function load({ focus } = {}) {
    try {
      show(await app.api.channels.list());
      if (focus) host.querySelector(`[data-channel="${focus}"] h2`)?.focus({ preventScroll: true });
    } catch (error) {
      if (!gone) host.replaceChildren(h('p', { class: 'form-problem', role: 'alert' }, sentenceFor(error)));
    }
  }

  load();
  return { ...page, keys: {}, destroy: () => { gone = true; } };
}
