/** How somebody is told: channels in their order, mail, rest, language. For oneself and for those who chose nothing. */
import { h } from './dom.js';
import { channelOrder } from './channel-order.js';
import { selectOf } from './choices.js';
import { field } from './forms.js';
import { smallForm } from './small-form.js';
import { t } from '../i18n.js';

const CHANNELS = ['push', 'sms', 'whatsapp'];
const LANGUAGES = ['en', 'de'];
const NIGHT = { from: '22:00', until: '06:00' };

function checkRow(name, label, hint, checked) {
  const box = h('input', { type: 'checkbox', checked });
  const error = h('p', { class: 'field-error', id: `${name}-error`, hidden: true });
  box.setAttribute('aria-describedby', error.id);
  const row = h(
    'div',
    { class: 'field', dataset: { field: name } },
    h('label', { class: 'check' }, box, h('span', {}, label)),
    hint && h('p', { class: 'field-hint' }, hint),
    error,
  );
  row.setError = (text) => {
    error.textContent = text ?? '';
    error.hidden = !text;
  };
  row.focusControl = () => box.focus();
  return { box, row };
}

/** @param {{value: object, save: (body: object, key: string) => Promise<void>}} options */
export function preferencesForm({ value, save }) {
  const channels = channelOrder({
    name: 'channels', legend: t('preferences.channels'), hint: t('preferences.channelsHint'), all: CHANNELS,
    chosen: value.channels,
  });
  const email = checkRow('email', t('preferences.email'), null, value.email);
  const muted = checkRow('muted', t('preferences.muted'), t('preferences.mutedHint'), value.muted);
  const quiet = checkRow('quiet', t('preferences.quiet'), t('preferences.quietHint'), Boolean(value.quietFrom));
  const from = h('input', { type: 'time', value: value.quietFrom ?? NIGHT.from });
  const until = h('input', { type: 'time', value: value.quietUntil ?? NIGHT.until });
  const times = [
    field({ label: t('preferences.from'), name: 'quietFrom', control: from }),
    field({ label: t('preferences.until'), name: 'quietUntil', control: until }),
  ];
  const span = h('div', { class: 'quiet-hours' });
  const language = selectOf(LANGUAGES.map((code) => ({ value: code, text: t(`language.${code}`) })), value.language);
  const languageRow = field({ label: t('preferences.language'), name: 'language', control: language });

  const showTimes = () => {
    span.hidden = !quiet.box.checked;
  };
  quiet.box.addEventListener('change', showTimes);
  showTimes();

  const problems = () => (quiet.box.checked
    ? [['quietFrom', from], ['quietUntil', until]].filter(([, control]) => !control.value)
      .map(([path]) => ({ path, message: t('preferences.timeMissing') }))
    : []);

  const form = smallForm({
    rows: [channels, email.row, muted.row, quiet.row, ...times, languageRow],
    className: 'preferences',
    submitLabel: t('record.save'),
    icon: 'check',
    problems,
    submit: (key) => save({
      channels: channels.read(),
      email: email.box.checked,
      muted: muted.box.checked,
      language: language.value,
      ...(quiet.box.checked ? { quietFrom: from.value, quietUntil: until.value } : {}),
    }, key),
  });
  quiet.row.after(span);
  span.append(...times);
  return form;
}
