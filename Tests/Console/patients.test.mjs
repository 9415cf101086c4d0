import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ageOn, medicationsIn, patientChanges } from '../../Console/js/pure/patient-record.js';
import { sparkline } from '../../Console/js/pure/sparkline.js';
import { entryProblems, latest, numberIn } from '../../Console/js/pure/vitals.js';

const RECORD = {
  name: 'Maria Muster', mrn: 'W-1', dateOfBirth: '1980-03-31', gender: 'female', bloodType: null, departmentId: null,
  roomNumber: '12', bedNumber: null, phone: '+49 30 1', email: null, address: null, nationalId: null,
  primaryDiagnosis: null, notes: null, secondaryDiagnoses: [], allergies: ['Penicillin'], medications: [],
  emergencyContact: null, flags: { dnr: false, fallRisk: true, allergyAlert: false },
};
const FORM = Object.fromEntries(Object.entries(RECORD).map(([name, value]) => [name, value ?? '']));

test('100: an edit sends what differs, and names what was taken out', () => {
  assert.deepEqual(patientChanges(RECORD, { ...FORM, emergencyContact: null }), {});
  assert.deepEqual(
    patientChanges(RECORD, { ...FORM, phone: '', roomNumber: '14', allergies: [], emergencyContact: null }),
    { roomNumber: '14', allergies: [], clear: ['phone'] },
  );
  const flags = { dnr: true, fallRisk: true, allergyAlert: false };
  assert.deepEqual(patientChanges(RECORD, { ...FORM, flags, emergencyContact: null }), { flags: { dnr: true } });
  const contact = { name: 'M', relationship: 'Son', phone: '1' };
  assert.deepEqual(patientChanges(RECORD, { ...FORM, emergencyContact: contact }), { emergencyContact: contact });
  const before = { ...RECORD, emergencyContact: contact };
  assert.deepEqual(patientChanges(before, { ...FORM, emergencyContact: null }), { clear: ['emergencyContact'] });
});

test('100: a new record sends what is filled alone', () => {
  const empty = Object.fromEntries(Object.keys(FORM).map((name) => [name, '']));
  const none = { secondaryDiagnoses: [], allergies: [], medications: [], emergencyContact: null };
  const flags = { dnr: false, fallRisk: false, allergyAlert: true };
  assert.deepEqual(
    patientChanges(null, { ...empty, ...none, name: 'Maria', flags }),
    { name: 'Maria', flags: { allergyAlert: true } },
  );
});

test('100: medications are read line by line; one without its three parts is told', () => {
  assert.deepEqual(medicationsIn('Ibuprofen; 400 mg; 3 × a day\n\n'), [
    { name: 'Ibuprofen', dosage: '400 mg', frequency: '3 × a day' },
  ]);
  assert.equal(medicationsIn('Ibuprofen 400 mg'), null);
  assert.equal(medicationsIn('Ibuprofen; ; daily'), null);
  assert.deepEqual(medicationsIn(''), []);
});

test('100: an age is whole years', () => {
  assert.equal(ageOn('2026-03-30', '1980-03-31'), 45);
  assert.equal(ageOn('2026-03-31', '1980-03-31'), 46);
});

test('108: impossible values, half a blood pressure and nothing at all are told before they are sent', () => {
  assert.deepEqual(entryProblems({}), [{ path: 'heartRate', problem: 'none' }]);
  assert.deepEqual(entryProblems({ heartRate: 29 }), [{ path: 'heartRate', problem: 'range' }]);
  assert.deepEqual(entryProblems({ heartRate: NaN }), [{ path: 'heartRate', problem: 'range' }]);
  assert.deepEqual(entryProblems({ systolic: 120 }), [{ path: 'diastolic', problem: 'pair' }]);
  assert.deepEqual(entryProblems({ systolic: 80, diastolic: 80 }), [{ path: 'systolic', problem: 'order' }]);
  assert.deepEqual(entryProblems({ temperature: 45, pain: 0, systolic: 120, diastolic: 80 }), []);
  assert.equal(numberIn(' 37,5 '), 37.5);
  assert.equal(numberIn(''), null);
});

test('108: the last value of each sign is shown, whenever it was taken, and marked where it is critical', () => {
  const readings = [
    { recordedAt: 'b', heartRate: 160, temperature: null, critical: ['heartRate'] },
    { recordedAt: 'a', heartRate: 80, temperature: 37, systolic: 120, diastolic: 80, critical: [] },
  ];
  const shown = Object.fromEntries(latest(readings).map((each) => [each.name, [each.value, each.at, each.isCritical]]));
  assert.deepEqual(shown.heartRate, ['160', 'b', true]);
  assert.deepEqual(shown.temperature, ['37.0', 'a', false]);
  assert.deepEqual(shown.bloodPressure, ['120/80', 'a', false]);
  assert.deepEqual(shown.pain, [null, null, false]);
});

test('108: a line goes through the values in order of time, high values above low ones', () => {
  assert.equal(sparkline([]), null);
  assert.deepEqual(sparkline([{ at: 5, value: 1 }]), { dots: [{ x: 60, y: 16 }], path: 'M60 16' });
  const { dots } = sparkline([{ at: 10, value: 100 }, { at: 0, value: 60 }, { at: 5, value: 80 }]);
  assert.deepEqual(dots, [{ x: 4, y: 28 }, { x: 60, y: 16 }, { x: 116, y: 4 }]);
});
