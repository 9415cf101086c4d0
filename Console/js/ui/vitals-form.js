/** Writing down vital signs: what was measured, nothing more; what is out of limits raises an alert by itself. */
import { h } from './dom.js';
import { field } from './forms.js';
import { smallForm } from './small-form.js';
import { SIGNS, entryProblems, numberIn } from '../pure/vitals.js';
import { t } from '../i18n.js';

/** @param {object} app @param {string} patientId @param {(reading: object) => void} done */
export function vitalsForm(app, patientId, done) {
  const inputs = Object.fromEntries(SIGNS.map(({ name }) => [
    name,
    h('input', { type: 'text', inputmode: 'decimal', maxlength: 6, autocomplete: 'off' }),
  ]));
  const notes = h('input', { type: 'text', maxlength: 500, autocomplete: 'off' });
  const rows = [
    ...SIGNS.map(({ name, unit }) => field({ label: `${t(`vital.${name}`)}, ${unit}`, name, control: inputs[name] })),
    field({ label: t('vitals.notes'), name: 'notes', optional: true, control: notes }),
  ];
  const values = () => Object.fromEntries(SIGNS.map(({ name }) => [name, numberIn(inputs[name].value)]));

  function said({ path, problem }) {
    const { min, max } = SIGNS.find(({ name }) => name === path);
    return { path, message: t(`vitals.problem.${problem}`, { min, max }) };
  }

  return smallForm({
    className: 'form-row vitals-form',
    rows,
    submitLabel: t('vitals.record'),
    icon: 'check',
    problems: () => entryProblems(values()).map(said),
    submit: async (key) => {
      const given = Object.entries(values()).filter(([, value]) => value !== null);
      const note = notes.value.trim();
      const reading = await app.api.recordVitals(
        patientId,
        { ...Object.fromEntries(given), ...(note ? { notes: note } : {}) },
        key,
      );
      for (const input of [...Object.values(inputs), notes]) input.value = '';
      inputs.heartRate.focus();
      done(reading);
    },
  });
}
