/** One channel's service: whose it is, and the address with which the hospital's own is reached, told once. */
import { h } from './dom.js';
import { button } from './buttons.js';
import { field, radioGroup } from './forms.js';
import { smallForm } from './small-form.js';
import { t, word } from '../i18n.js';

const MODES = ['platform', 'own', 'off'];
const CONFLICT = 409;

/** @param {object} app @param {object} channel as the API lists it @param {(options?: object) => void} load */
export function channelForm(app, channel, load) {
  const { kind } = channel;
  const mode = radioGroup({
    legend: t('channels.mode'),
    name: 'mode',
    value: channel.mode,
    options: MODES.map((value) => ({
      value,
      content: [
        h('span', { class: 'choice-title' }, t(`channels.mode.${value}`)),
        h('span', { class: 'choice-note' }, t(`channels.note.${value}`)),
      ],
    })),
  });
  // What stands in it opens an account elsewhere: it is covered like a password, and no browser keeps it.
  const url = h('input', {
    type: 'password', autocomplete: 'off', maxlength: 1000, spellcheck: 'false', autocapitalize: 'none',
  });
  const urlRow = field({
    label: t('channels.url'),
    name: 'url',
    hint: [t(`channels.url.${kind}`), channel.hasOwn && t('channels.kept')].filter(Boolean).join(' '),
    optional: channel.hasOwn,
    control: url,
  });
  const look = h('input', { type: 'checkbox', on: { change: () => { url.type = look.checked ? 'text' : 'password'; } } });
  urlRow.append(h('label', { class: 'check' }, look, h('span', {}, t('channels.look'))));
  const showUrl = () => {
    urlRow.hidden = mode.read() !== 'own';
  };
  mode.addEventListener('change', showUrl);
  showUrl();

  const again = button({ label: t('record.reload'), hidden: true, on: { click: () => load({ focus: kind }) } });
  const form = smallForm({
    rows: [mode, urlRow],
    submitLabel: t('record.save'),
    icon: 'check',
    problems: () => (mode.read() === 'own' && !channel.hasOwn && !url.value.trim()
      ? [{ path: 'url', message: t('field.missing') }]
      : []),
    submit: async (key) => {
      const text = url.value.trim();
      const sent = mode.read() === 'own' && text ? { url: text } : {};
      await app.api.channels.update(kind, { mode: mode.read(), version: channel.version, ...sent }, key);
      app.toasts.good(t('channels.saved', { channel: t(`channel.${kind}`) }));
      load({ focus: kind });
    },
    onError: (error) => {
      again.hidden = error.status !== CONFLICT;
      return false;
    },
  });
  const state = channel.isConfigured ? 'well' : 'off';
  const by = channel.isConfigured ? t('channels.by', { name: word('provider', channel.provider) }) : t('channels.none');
  return h(
    'section',
    { class: 'panel stack', dataset: { channel: kind }, 'aria-label': t(`channel.${kind}`) },
    h('h2', { tabindex: '-1' }, t(`channel.${kind}`)),
    h('p', {}, h('span', { class: 'state-tag', dataset: { state } }, by)),
    form,
    again,
  );
}
