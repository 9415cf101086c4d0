/** Prescribing after a visit: drugs line by line; what speaks against one is told and answered with a reason, or left. */
import { h } from './dom.js';
import { button } from './buttons.js';
import { field, showFieldErrors } from './forms.js';
import { smallForm } from './small-form.js';
import { warningList } from './prescription-card.js';
import { byDrug, drugOf, isTimeTaken, missingIn } from '../pure/prescriptions.js';
import { t } from '../i18n.js';

const LONGEST = { name: 100, dosage: 100, frequency: 100, duration: 10, instructions: 500 };
const MOST_DRUGS = 50;

/** The fields of one drug. @param {(drug: object) => void} leave takes it out */
function drugFields(leave) {
  const controls = Object.fromEntries(Object.entries(LONGEST).map(([name, maxlength]) =>
    [name, h('input', { type: 'text', maxlength, autocomplete: 'off' })]));
  const rows = Object.entries(controls).map(([name, control]) => field({
    label: t(`prescription.${name}`),
    name,
    hint: name === 'duration' ? t('prescription.durationHint') : undefined,
    optional: name === 'instructions',
    control,
  }));
  const remove = button({ label: t('prescription.removeDrug'), kind: 'quiet', on: { click: () => leave(drug) } });
  const legend = h('legend', { class: 'field-label' });
  const drug = {
    element: h('fieldset', { class: 'drug' }, legend, h('div', { class: 'drug-fields' }, rows), remove),
    rows,
    read: () => drugOf(Object.fromEntries(Object.entries(controls).map(([name, { value }]) => [name, value]))),
    number(index, count) {
      legend.textContent = t('prescription.drug', { number: index + 1 });
      remove.hidden = count === 1;
      remove.setAttribute('aria-label', t('prescription.removeSpoken', { number: index + 1 }));
    },
    problems() {
      const values = drug.read();
      const missing = missingIn(values).map((path) => ({ path, message: t('booking.needed') }));
      const isOdd = values.duration && !isTimeTaken(values.duration);
      return isOdd ? [...missing, { path: 'duration', message: t('prescription.durationHint') }] : missing;
    },
    focus: () => controls.name.focus(),
  };
  return drug;
}

/**
 * @param {object} app @param {string} appointmentId
 * @param {{replaces: boolean, done: (prescription: object) => Promise<void>}} options
 */
export function prescriptionForm(app, appointmentId, { replaces, done }) {
  let drugs = [];
  const list = h('div', { class: 'drugs' });
  const add = button({ label: t('prescription.addDrug'), icon: 'raise', on: { click: () => addDrug().focus() } });
  const instructions = h('textarea', { rows: 2, maxlength: 2000 });
  const followUp = h('input', { type: 'date' });
  const reason = h('textarea', { rows: 2, maxlength: 500 });
  const reasonRow = field({
    label: t('prescription.overrideReason'), name: 'overrideReason', hint: t('prescription.overrideHint'), control: reason,
  });
  const spoken = h('div', {});
  const against = h(
    'section',
    { class: 'conflicts', tabindex: '-1', 'aria-label': t('prescription.against'), hidden: true },
    h('h3', {}, t('prescription.against')),
    spoken,
    h('p', {}, t('prescription.againstText')),
    reasonRow,
  );
  const rows = [
    field({ label: t('prescription.instructions'), name: 'instructions', optional: true, control: instructions }),
    field({ label: t('prescription.followUp'), name: 'followUpDate', optional: true, control: followUp }),
    reasonRow,
  ];

  function number() {
    drugs.forEach((drug, index) => drug.number(index, drugs.length));
    add.hidden = drugs.length >= MOST_DRUGS;
  }

  function addDrug() {
    const drug = drugFields((gone) => {
      drugs = drugs.filter((each) => each !== gone);
      gone.element.remove();
      number();
      add.focus();
    });
    drugs.push(drug);
    list.append(drug.element);
    number();
    return drug;
  }

  /** The first bad field has the focus, wherever it is. */
  function showDrugErrors(errorsOf) {
    const bad = drugs.filter((drug, index) => {
      const errors = errorsOf(drug, index);
      showFieldErrors(drug.rows, errors);
      return errors.length > 0;
    });
    bad[0]?.rows.find((row) => row.classList.contains('field-bad'))?.focusControl();
    return bad.length > 0;
  }

  function problems() {
    const isBad = showDrugErrors((drug) => drug.problems());
    const isUnsaid = !against.hidden && !reason.value.trim();
    if (isUnsaid) return [{ path: 'overrideReason', message: t('visit.ask.reasonMissing') }];
    return isBad ? [{ path: null, message: t('prescription.incomplete') }] : [];
  }

  function body() {
    return {
      appointmentId,
      medications: drugs.map((drug) => drug.read()),
      ...drugOf({ instructions: instructions.value, followUpDate: followUp.value }),
      ...(against.hidden ? {} : drugOf({ overrideReason: reason.value })),
    };
  }

  function onError(error) {
    if (Array.isArray(error.details.warnings)) {
      spoken.replaceChildren(warningList(error.details.warnings, drugs.map((drug) => drug.read().name)));
      against.hidden = false;
      against.focus();
      return true;
    }
    const { drugs: bad, rest } = byDrug(error.fields);
    if (bad.size === 0 || rest.length > 0) return false;
    return showDrugErrors((_, index) => bad.get(index) ?? []);
  }

  const form = smallForm({
    rows,
    layout: [
      replaces && h('p', { class: 'page-note' }, t('prescription.replaces')),
      list,
      h('div', {}, add),
      rows[0],
      rows[1],
      against,
    ],
    submitLabel: t('prescription.submit'),
    problems,
    submit: async (key) => done(await app.api.prescribe(body(), key)),
    onError,
  });
  // What was told of other drugs does not hold for these.
  list.addEventListener('input', () => (against.hidden = true));
  addDrug();
  return { element: form, focus: () => drugs[0].focus() };
}
