/** At the desk: somebody shows a code on his telephone; a reader types it, or a hand does. */
import { h } from './dom.js';
import { field } from './forms.js';
import { smallForm } from './small-form.js';
import { t } from '../i18n.js';

const LONGEST = 100;

/**
 * @param {object} app
 * @param {{nameOf: (visit: object) => Promise<string|null>, done: () => Promise<void>}} options
 */
export function checkInForm(app, { nameOf, done }) {
  const control = h('input', {
    type: 'text', maxlength: LONGEST, autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false',
  });
  const row = field({ label: t('checkIn.label'), name: 'code', hint: t('checkIn.hint'), control });
  return smallForm({
    rows: [row],
    className: 'check-in',
    icon: 'check',
    kind: 'plain',
    submitLabel: t('checkIn.submit'),
    problems: () => (control.value.trim() ? [] : [{ path: 'code', message: t('checkIn.missing') }]),
    submit: async (key) => {
      const visit = await app.api.checkInByCode(control.value.trim(), key);
      control.value = '';
      control.focus();
      const [place, name] = await Promise.all([app.api.queuePosition(visit.id), nameOf(visit)]);
      const values = { name, number: place.number, place: place.position, count: place.waitMinutes };
      app.toasts.good(t(name ? 'checkIn.done' : 'checkIn.doneOnly', values));
      await done();
    },
    onError: (error) => {
      if (error.status !== 400) return false;
      row.setError(t('checkIn.wrong'));
      control.select();
      return true;
    },
  });
}
