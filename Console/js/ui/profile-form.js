/** The form of one's own profile. What is not changed is not sent. */
import { h } from './dom.js';
import { field, radioGroup } from './forms.js';
import { problemsOf, textField } from './account-fields.js';
import { plainForm } from './plain-form.js';
import { t } from '../i18n.js';

const WAYS = [['email', 'contactByEmail'], ['push', 'contactByPush'], ['sms', 'contactBySms']];
const AVAILABILITIES = ['available', 'busy', 'offline'];

/** @param {object} profile @param {(body: object) => Promise<void>} save */
export function profileForm(profile, save) {
  const text = (name, more = {}) =>
    textField({ name, label: t(`profile.${name}`), value: profile[name] ?? '', optional: true, ...more });
  const texts = [
    text('name', { optional: false, autocomplete: 'name' }),
    text('jobTitle', { autocomplete: 'organization-title' }),
    text('department', { maxlength: 50 }),
    text('phone', { type: 'tel', maxlength: 20, autocomplete: 'tel', hint: t('profile.phoneHint') }),
    text('licenseNumber', { maxlength: 50 }),
  ];
  const bio = h('textarea', { rows: 3, maxlength: 500, value: profile.bio ?? '' });
  const bioRow = Object.assign(
    field({ label: t('profile.bio'), name: 'bio', optional: true, control: bio }),
    { control: bio });
  const availability = radioGroup({
    legend: t('profile.availability'),
    name: 'availabilityStatus',
    value: profile.availabilityStatus,
    className: 'segments',
    options: AVAILABILITIES.map((value) => ({ value, content: [t(`profile.availability.${value}`)] })),
  });
  const ways = WAYS.map(([name, kept]) =>
    h('input', { type: 'checkbox', name, checked: profile[kept] === true }));
  const contact = h(
    'fieldset',
    { class: 'field' },
    h('legend', { class: 'field-label' }, t('profile.contact')),
    ways.map((box) => h('label', { class: 'check' }, box, h('span', {}, t(`profile.contact.${box.name}`)))),
  );

  const typed = [...texts, bioRow];
  const isEmptied = (row) => !row.control.value.trim() && profile[row.dataset.field];
  const rows = [...typed, availability];

  function changes() {
    const body = {};
    for (const row of typed) {
      const value = row.control.value.trim();
      if (value && value !== profile[row.dataset.field]) body[row.dataset.field] = value;
    }
    if (availability.read() !== profile.availabilityStatus) body.availabilityStatus = availability.read();
    const turned = WAYS.filter(([, kept], place) => ways[place].checked !== profile[kept]);
    if (turned.length > 0) {
      body.contactPreferences = Object.fromEntries(
        WAYS.map(([name], place) => [name, ways[place].checked]));
    }
    return body;
  }

  return plainForm({
    rows: [...rows, contact],
    fields: rows,
    submitLabel: t('record.save'),
    button: { icon: 'check' },
    problems: () => [
      ...problemsOf(texts),
      ...typed.filter(isEmptied).filter((row) => row.dataset.field !== 'name')
        .map((row) => ({ path: row.dataset.field, message: t('profile.cannotEmpty') })),
    ],
    send: () => save(changes()),
  });
}
