/** A record that is kept to its department: why it is closed, and the way in for an emergency, where there is one. */
import { h } from './dom.js';
import { field } from './forms.js';
import { smallForm } from './small-form.js';
import { t } from '../i18n.js';

const SHORTEST = 10;
const WRONG_CODE = 401;
const OPEN_ALREADY = 409;

/** @param {object} app @param {string} patientId @param {() => void} opened */
export function breakGlass(app, patientId, opened) {
  const note = h('p', {}, t('kept.text'));
  if (!app.session.can('break_glass')) return h('section', { class: 'panel kept' }, note, h('p', {}, t('kept.ask')));
  const reason = h('textarea', { rows: 3, maxlength: 500 });
  const code = h('input', {
    type: 'text', inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 20, class: 'step-input',
  });
  const rows = [
    field({ label: t('kept.reason'), name: 'reason', hint: t('kept.reasonHint'), control: reason }),
    field({ label: t('kept.code'), name: 'code', hint: t('kept.codeHint'), control: code }),
  ];
  const form = smallForm({
    rows,
    submitLabel: t('kept.open'),
    kind: 'alarm',
    problems: () => [
      ...(reason.value.trim().length < SHORTEST
        ? [{ path: 'reason', message: t('ask.resolve.short', { count: SHORTEST }) }]
        : []),
      ...(code.value.trim() ? [] : [{ path: 'code', message: t('kept.codeMissing') }]),
    ],
    submit: async (key) => {
      await app.api.breakGlass(patientId, { reason: reason.value.trim(), code: code.value.trim() }, key);
      app.toasts.news(t('kept.opened'));
      opened();
    },
    onError: (error) => {
      if (error.status === OPEN_ALREADY) opened();
      else if (error.status === WRONG_CODE) {
        code.value = '';
        rows[1].setError(t('kept.codeWrong'));
        rows[1].focusControl();
      } else if (error.status === 403 && error.message) rows[1].setError(error.message); // no second factor yet
      else return false;
      return true;
    },
  });
  return h(
    'section',
    { class: 'panel kept', 'aria-label': t('kept.emergency') },
    note,
    h('h2', {}, t('kept.emergency')),
    h('p', {}, t('kept.consequence')),
    form,
  );
}
