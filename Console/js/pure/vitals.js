/** Vital signs: what can be entered, what is shown together, what is missing or impossible. Pure. */

/** As the server has it (row 108): the range of what is possible, and the unit. */
export const SIGNS = [
  { name: 'heartRate', unit: '/min', min: 30, max: 250, step: 1 },
  { name: 'systolic', unit: 'mmHg', min: 50, max: 300, step: 1 },
  { name: 'diastolic', unit: 'mmHg', min: 30, max: 200, step: 1 },
  { name: 'temperature', unit: '°C', min: 25, max: 45, step: 0.1 },
  { name: 'respiratoryRate', unit: '/min', min: 5, max: 60, step: 1 },
  { name: 'oxygenSaturation', unit: '%', min: 50, max: 100, step: 1 },
  { name: 'bloodGlucose', unit: 'mg/dL', min: 20, max: 600, step: 1 },
  { name: 'pain', unit: '/10', min: 0, max: 10, step: 1 },
];

/** What stands together: the two pressures are one. */
export const SHOWN = [
  { name: 'heartRate', signs: ['heartRate'] },
  { name: 'bloodPressure', signs: ['systolic', 'diastolic'] },
  { name: 'temperature', signs: ['temperature'] },
  { name: 'respiratoryRate', signs: ['respiratoryRate'] },
  { name: 'oxygenSaturation', signs: ['oxygenSaturation'] },
  { name: 'bloodGlucose', signs: ['bloodGlucose'] },
  { name: 'pain', signs: ['pain'] },
];

export const unitOf = (sign) => SIGNS.find(({ name }) => name === sign)?.unit ?? '';

/** A value as it is written: temperatures with one decimal. */
export const written = (sign, value) => (sign === 'temperature' ? value.toFixed(1) : String(value));

/** What one of `SHOWN` reads like in a reading. @returns {string|null} null when it was not taken */
export function shownValue({ signs }, reading) {
  const values = signs.map((sign) => reading[sign]);
  if (values.some((value) => value === null || value === undefined)) return null;
  return signs.map((sign, index) => written(sign, values[index])).join('/');
}

/**
 * Each of `SHOWN` with the last value that was taken of it.
 * @param {object[]} readings the newest first
 * @returns {{name, signs, value: string|null, at: string|null, isCritical: boolean}[]}
 */
export function latest(readings) {
  return SHOWN.map((shown) => {
    const reading = readings.find((each) => shownValue(shown, each) !== null);
    return {
      ...shown,
      value: reading ? shownValue(shown, reading) : null,
      at: reading?.recordedAt ?? null,
      isCritical: Boolean(reading) && shown.signs.some((sign) => reading.critical.includes(sign)),
    };
  });
}

/** What is typed as a number: a comma is a decimal point. @returns {number|null|NaN} null when nothing is */
export const numberIn = (text) => (text.trim() === '' ? null : Number(text.trim().replace(',', '.')));

/**
 * What is plainly wrong with an entry. @param {Record<string, number|null>} values
 * @returns {{path: string, problem: 'range'|'none'|'pair'|'order'}[]}
 */
export function entryProblems(values) {
  const given = SIGNS.filter(({ name }) => values[name] !== null && values[name] !== undefined);
  if (given.length === 0) return [{ path: SIGNS[0].name, problem: 'none' }];
  const errors = given
    .filter(({ name, min, max }) => !(values[name] >= min && values[name] <= max))
    .map(({ name }) => ({ path: name, problem: 'range' }));
  const { systolic, diastolic } = values;
  const has = (value) => value !== null && value !== undefined;
  if (has(systolic) !== has(diastolic)) errors.push({ path: has(systolic) ? 'diastolic' : 'systolic', problem: 'pair' });
  else if (errors.length === 0 && has(systolic) && systolic <= diastolic) {
    errors.push({ path: 'systolic', problem: 'order' });
  }
  return errors;
}
