/** One resolution for several alerts. */
import { h } from './dom.js';
import { field, showFieldErrors } from './forms.js';
import { formDialog } from './dialog.js';
import { sentenceFor } from './errors.js';
import { newKey } from '../net/keys.js';
import { plural, t } from '../i18n.js';

const SHORTEST_RESOLUTION = 10;

/**
 * @param {object} app @param {object[]} alerts
 * @param {{send: (body: object, key: string) => Promise<void>}} options
 */
export function askBatchResolution(app, alerts, { send }) {
  const key = newKey();
  const text = h('textarea', { rows: 4, maxlength: 2000, autocomplete: 'off', 'data-first': true });
  const row = field({
    label: t('ask.resolve.label'),
    name: 'resolution',
    hint: t('ask.resolve.hint'),
    control: text,
  });
  const rooms = alerts.map((alert) => alert.roomNumber).join(', ');
  return formDialog({
    title: plural('batch.resolve', alerts.length),
    intro: t('batch.resolveIntro', { rooms }),
    rows: [row],
    submitLabel: plural('batch.resolve', alerts.length),
    fallbackFocus: () => app.focusMain(),
    submit: async () => {
      if (text.value.trim().length < SHORTEST_RESOLUTION) {
        row.setError(t('ask.resolve.short', { count: SHORTEST_RESOLUTION }));
        row.focusControl();
        return false;
      }
      await send({ resolution: text.value.trim() }, key);
      return true;
    },
    onError: (error) => {
      const left = showFieldErrors([row], error.fields);
      if (error.fields.length > 0 && left.length === 0) return null;
      return left.length > 0 ? left.join(' ') : sentenceFor(error);
    },
  });
}
