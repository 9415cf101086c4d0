/** Letting a patient go, after saying what that ends. */
import { h } from './dom.js';
import { field, showFieldErrors } from './forms.js';
import { formDialog } from './dialog.js';
import { sentenceFor } from './errors.js';
import { newKey } from '../net/keys.js';
import { t } from '../i18n.js';

/** @param {object} app @param {object} patient @returns {Promise<boolean>} whether the patient was discharged */
export function askDischarge(app, patient) {
  const key = newKey();
  const notes = h('textarea', { rows: 4, maxlength: 2000 });
  const diagnosis = h('input', { type: 'text', maxlength: 500, autocomplete: 'off' });
  const rows = [
    field({ label: t('patient.dischargeNotes'), name: 'dischargeNotes', control: notes }),
    field({ label: t('patient.dischargeDiagnosis'), name: 'dischargeDiagnosis', optional: true, control: diagnosis }),
  ];
  return formDialog({
    title: t('discharge.title'),
    intro: t('discharge.intro', { mrn: patient.mrn }),
    rows,
    submitLabel: t('discharge.submit'),
    kind: 'danger',
    fallbackFocus: () => app.focusMain(),
    submit: async () => {
      const missing = notes.value.trim() ? [] : [{ path: 'dischargeNotes', message: t('discharge.notesMissing') }];
      showFieldErrors(rows, missing);
      if (missing.length > 0) return false;
      await app.api.discharge(patient.id, {
        dischargeNotes: notes.value.trim(),
        ...(diagnosis.value.trim() ? { dischargeDiagnosis: diagnosis.value.trim() } : {}),
      }, key);
      return true;
    },
    onError: (error) => {
      const left = showFieldErrors(rows, error.fields);
      return error.fields.length > 0 && left.length === 0 ? null : left.join(' ') || sentenceFor(error);
    },
  });
}
