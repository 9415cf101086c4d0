/** The fields of accounts: addresses, passwords, codes, consent, the way into a hospital. */
import { h } from './dom.js';
import { field, radioGroup } from './forms.js';
import { t } from '../i18n.js';
import { backupCode, sixDigits } from '../pure/codes.js';

export const PASSWORD_SHORTEST = 12;
const PASSWORD_LONGEST = 128;

const problem = (path, message) => ({ path, message });
const withValue = (row, control, problems) => Object.assign(row, { control, problems });

/** @param {{value?: string, first?: boolean}} options */
export function emailField({ value = '', first = false } = {}) {
  const control = h('input', {
    type: 'email', autocomplete: 'username', inputmode: 'email', autocapitalize: 'none', spellcheck: 'false',
    required: true, value, 'data-first': first,
  });
  const row = field({ label: t('signIn.email'), name: 'email', control });
  const isThere = () => control.value.includes('@');
  return withValue(row, control, () => (isThere() ? [] : [problem('email', t('signIn.emailMissing'))]));
}

/** A password that one has. */
export function passwordField({ name = 'password', label = t('signIn.password'), first = false } = {}) {
  const control = h('input', {
    type: 'password', autocomplete: 'current-password', required: true, 'data-first': first,
  });
  const row = field({ label, name, control });
  return withValue(row, control, () => (control.value ? [] : [problem(name, t('signIn.passwordMissing'))]));
}

/** A password that is being chosen, which may be looked at. */
export function newPasswordField({ name = 'newPassword', label = t('password.new'), first = false } = {}) {
  const control = h('input', {
    type: 'password', autocomplete: 'new-password', required: true, maxlength: PASSWORD_LONGEST, 'data-first': first,
  });
  const row = field({ label, name, hint: t('password.hint', { count: PASSWORD_SHORTEST }), control });
  const turn = () => {
    control.type = look.checked ? 'text' : 'password';
  };
  const look = h('input', { type: 'checkbox', on: { change: turn } });
  row.append(h('label', { class: 'check' }, look, h('span', {}, t('password.show'))));
  const isShort = () => [...control.value].length < PASSWORD_SHORTEST;
  return withValue(row, control, () =>
    (isShort() ? [problem(name, t('password.short', { count: PASSWORD_SHORTEST }))] : []));
}

export function textField({ name, label, hint, optional = false, first = false, value = '', ...rest }) {
  const control = h('input', { type: 'text', maxlength: 100, ...rest, 'data-first': first, value });
  const row = field({ label, name, hint, optional, control });
  return withValue(row, control, () =>
    (optional || control.value.trim() ? [] : [problem(name, t('field.missing'))]));
}

/** Six digits from a telephone or a letter. `read()` is null while it is something else. */
export function codeField({ label, hint, name = 'code' }) {
  const control = h('input', {
    type: 'text', class: 'code-input', inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 9,
    'data-first': true,
  });
  const row = withValue(field({ label, name, hint, control }), control, () =>
    (row.read() ? [] : [problem(name, t('code.bad'))]));
  row.read = () => sixDigits(control.value);
  return row;
}

export function backupCodeField({ hint } = {}) {
  const control = h('input', {
    type: 'text', class: 'code-input', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false',
    maxlength: 14, 'data-first': true,
  });
  const row = withValue(field({ label: t('code.backup'), name: 'backupCode', hint, control }), control, () =>
    (row.read() ? [] : [problem('backupCode', t('code.backupBad'))]));
  row.read = () => backupCode(control.value);
  return row;
}

/** Two boxes that have to be ticked. `read()` is what the server wants to hear. */
export function consentFields() {
  const rows = ['acceptTerms', 'acceptPrivacy'].map((name) => {
    const control = h('input', { type: 'checkbox' });
    const error = h('p', { class: 'field-error', id: `${name}-error`, hidden: true });
    control.setAttribute('aria-describedby', error.id);
    const row = h('div', { class: 'field', dataset: { field: name } });
    row.append(h('label', { class: 'check' }, control, h('span', {}, t(`consent.${name}`))), error);
    row.setError = (text) => {
      error.textContent = text ?? '';
      error.hidden = !text;
      row.classList.toggle('field-bad', Boolean(text));
      control.setAttribute('aria-invalid', text ? 'true' : 'false');
    };
    row.focusControl = () => control.focus();
    return withValue(row, control, () => (control.checked ? [] : [problem(name, t('consent.missing'))]));
  });
  return rows;
}

/** How somebody comes into a hospital: by a code, with an organisation of his own, or later. */
export function wayInField(value = 'code') {
  const code = textField({
    name: 'organizationCode', label: t('wayIn.organizationCode'), hint: t('wayIn.codeHint'), maxlength: 12,
    autocapitalize: 'characters', autocomplete: 'off', spellcheck: 'false',
  });
  const name = textField({
    name: 'organizationName', label: t('wayIn.organizationName'), hint: t('wayIn.nameHint'), maxlength: 255,
    autocomplete: 'organization',
  });
  const choice = radioGroup({
    legend: t('wayIn.legend'),
    name: 'wayIn',
    value,
    options: ['code', 'organization', 'later'].map((way) => ({
      value: way,
      content: [
        h('span', { class: 'choice-title' }, t(`wayIn.${way}`)),
        h('span', { class: 'choice-note' }, t(`wayIn.${way}Note`)),
      ],
    })),
  });
  const shown = () => ({ code, organization: name })[choice.read()] ?? null;
  const show = () => {
    code.hidden = shown() !== code;
    name.hidden = shown() !== name;
  };
  choice.addEventListener('change', show);
  show();
  return {
    rows: [choice, code, name],
    problems: () => shown()?.problems() ?? [],
    read: () => (shown() ? { [shown().dataset.field]: shown().control.value.trim() } : {}),
  };
}

/** What is plainly wrong in these rows, in their order. */
export const problemsOf = (rows) => rows.flatMap((row) => row.problems?.() ?? []);
