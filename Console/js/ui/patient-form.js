/** Taking a patient in, and changing a record: only what was changed is sent. */
import { h } from './dom.js';
import { field } from './forms.js';
import { departmentOptions, selectOf } from './choices.js';
import { FLAGS } from './patient-flags.js';
import { recordForm } from './record-form.js';
import { TEXTS, linesIn, medicationLine, medicationsIn, patientChanges } from '../pure/patient-record.js';
import { t } from '../i18n.js';

const GENDERS = ['unknown', 'female', 'male', 'other'];
const BLOOD = ['A+', 'A-', 'B+', 'B-', 'AB+', 'AB-', 'O+', 'O-'];
const MOST = {
  name: 255, mrn: 20, roomNumber: 10, bedNumber: 10, phone: 40, email: 254, address: 500, nationalId: 50,
  primaryDiagnosis: 500,
};
const TYPES = { dateOfBirth: 'date', email: 'email', phone: 'tel' };
const CONTACT = { name: 100, relationship: 100, phone: 40 };

function textControls(app, patient) {
  const control = (name) => {
    if (name === 'gender') {
      return selectOf(GENDERS.map((value) => ({ value, text: t(`gender.${value}`) })), patient?.gender ?? 'unknown');
    }
    if (name === 'bloodType') {
      const options = BLOOD.map((value) => ({ value, text: value.replace('-', '−') }));
      return selectOf([{ value: '', text: t('patient.notKnown') }, ...options], patient?.bloodType);
    }
    if (name === 'departmentId') {
      return selectOf(departmentOptions(app, t('rooms.noDepartment')), patient?.departmentId);
    }
    if (name === 'notes') return h('textarea', { rows: 4, maxlength: 2000, value: patient?.notes ?? '' });
    return h('input', {
      type: TYPES[name] ?? 'text', maxlength: MOST[name], autocomplete: 'off', value: patient?.[name] ?? '',
    });
  };
  return Object.fromEntries(TEXTS.map((name) => [name, control(name)]));
}

/** Whom to call: three fields that go together. */
function contactField(contact) {
  const inputs = Object.fromEntries(Object.entries(CONTACT).map(([name, maxlength]) => [
    name,
    h('input', {
      type: name === 'phone' ? 'tel' : 'text', maxlength, autocomplete: 'off', value: contact?.[name] ?? '',
      'aria-label': `${t('patient.emergencyContact')}: ${t(`contact.${name}`)}`, placeholder: t(`contact.${name}`),
    }),
  ]));
  const row = field({
    label: t('patient.emergencyContact'),
    name: 'emergencyContact',
    optional: true,
    control: h('div', { class: 'contact', role: 'group' }, Object.values(inputs)),
  });
  row.focusControl = () => inputs.name.focus();
  row.read = () => Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value.trim()]));
  return row;
}

function flagsField(flags) {
  const boxes = Object.fromEntries(FLAGS.map((name) => [
    name,
    h('input', { type: 'checkbox', checked: flags?.[name] ?? false }),
  ]));
  const row = h(
    'fieldset',
    { class: 'field', dataset: { field: 'flags' } },
    h('legend', { class: 'field-label' }, t('patient.flags')),
    FLAGS.map((name) => h('label', { class: 'check' }, boxes[name], h('span', {}, t(`flag.${name}.long`)))),
  );
  row.setError = () => {};
  row.focusControl = () => boxes.dnr.focus();
  row.read = () => Object.fromEntries(FLAGS.map((name) => [name, boxes[name].checked]));
  return row;
}

/** @param {object} app @param {object|null} patient null takes one in @param {{close, again, done}} tools */
export function patientForm(app, patient, { close, again, done }) {
  const controls = textControls(app, patient);
  const list = (values) => h('textarea', { rows: 2, value: (values ?? []).join('\n') });
  const lists = {
    allergies: list(patient?.allergies),
    secondaryDiagnoses: list(patient?.secondaryDiagnoses),
    medications: list(patient?.medications.map(medicationLine)),
  };
  const contact = contactField(patient?.emergencyContact);
  const flags = flagsField(patient?.flags);
  const row = (name, more = {}) => field({
    label: t(`patient.${name}`),
    name,
    optional: name !== 'name',
    control: controls[name] ?? lists[name],
    ...more,
  });
  const pair = (...rows) => h('div', { class: 'field-pair' }, rows);
  const parts = {
    who: [row('name'), row('mrn', patient ? {} : { hint: t('patient.mrnHint') }), row('dateOfBirth'), row('gender')],
    where: [row('departmentId'), row('roomNumber'), row('bedNumber')],
    clinical: [
      row('allergies', { hint: t('patient.lines') }),
      row('bloodType'),
      row('primaryDiagnosis'),
      row('secondaryDiagnoses', { hint: t('patient.lines') }),
      row('medications', { hint: t('patient.medicationsHint') }),
      row('notes'),
    ],
    contact: [row('phone'), row('email'), row('address'), row('nationalId'), contact],
  };
  const rows = [...Object.values(parts).flat(), flags];

  function now() {
    const texts = Object.fromEntries(TEXTS.map((name) => [name, controls[name].value.trim()]));
    const whom = contact.read();
    return {
      ...texts,
      gender: patient || texts.gender !== 'unknown' ? texts.gender : '',
      allergies: linesIn(lists.allergies.value),
      secondaryDiagnoses: linesIn(lists.secondaryDiagnoses.value),
      medications: medicationsIn(lists.medications.value) ?? [],
      flags: flags.read(),
      emergencyContact: Object.values(whom).some(Boolean) ? whom : null,
    };
  }

  function problems() {
    const errors = [];
    const say = (path, key) => errors.push({ path, message: t(key) });
    if (!controls.name.value.trim()) say('name', 'people.nameMissing');
    if (patient && !controls.mrn.value.trim()) say('mrn', 'templates.cannotEmpty');
    if (medicationsIn(lists.medications.value) === null) say('medications', 'patient.medicationsBad');
    const whom = Object.values(contact.read());
    if (whom.some(Boolean) && !whom.every(Boolean)) say('emergencyContact', 'patient.contactWhole');
    return errors;
  }

  return recordForm(app, {
    title: t(patient ? 'patient.edit' : 'patients.new'),
    rows,
    layout: [
      parts.who[0],
      pair(...parts.who.slice(1)),
      pair(...parts.where),
      flags,
      h('h3', {}, t('patient.clinical')),
      ...parts.clinical,
      h('h3', {}, t('patient.contact')),
      ...parts.contact,
    ],
    problems,
    save: (key) => (patient
      ? app.api.updatePatient(patient.id, { version: patient.version, ...patientChanges(patient, now()) }, key)
      : app.api.createPatient(patientChanges(null, now()), key)),
    done,
    reload: again,
    cancel: close,
  });
}
