/** Sends this person a message on trial, on the channel that he chooses. */
import { h, setText } from './dom.js';
import { panel } from './account-page.js';
import { selectOf } from './choices.js';
import { field } from './forms.js';
import { smallForm } from './small-form.js';
import { t } from '../i18n.js';

const CHANNELS = ['push', 'email', 'sms', 'whatsapp'];

/** @param {object} app @returns {HTMLElement} */
export function testPanel(app) {
  const channel = selectOf(CHANNELS.map((value) => ({ value, text: t(`channel.${value}`) })), 'email');
  const told = h('p', { class: 'form-good', role: 'status', hidden: true });
  const form = smallForm({
    rows: [field({ label: t('preferences.testChannel'), name: 'channel', control: channel })],
    submitLabel: t('preferences.test'),
    kind: 'plain',
    submit: async (key) => {
      told.hidden = true;
      await app.api.preferences.test(channel.value, key);
      setText(told, t('preferences.testSent', { channel: t(`channel.${channel.value}`) }));
      told.hidden = false;
    },
  });
  channel.addEventListener('change', () => { told.hidden = true; });
  return panel(t('preferences.testTitle'), h('p', {}, t('preferences.testIntro')), form, told).element;
}
