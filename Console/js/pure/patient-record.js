/** A patient's record as a form has it, and what an edit has changed. Pure. */

/** Texts of the record; those of `CLEARABLE` can be taken out. */
export const TEXTS = [
  'name', 'mrn', 'dateOfBirth', 'gender', 'bloodType', 'departmentId', 'roomNumber', 'bedNumber', 'phone', 'email',
  'address', 'nationalId', 'primaryDiagnosis', 'notes',
];
const CLEARABLE = new Set([
  'dateOfBirth', 'bloodType', 'nationalId', 'phone', 'email', 'address', 'primaryDiagnosis', 'notes', 'departmentId',
  'roomNumber', 'bedNumber',
]);
const LISTS = ['secondaryDiagnoses', 'allergies'];
const FLAGS = ['dnr', 'fallRisk', 'allergyAlert'];

/** One a line. @returns {string[]} */
export const linesIn = (text) => text.split('\n').map((line) => line.trim()).filter(Boolean);

/** `name; dosage; frequency`, one a line. @returns {object[]|null} null when a line has not its three parts */
export function medicationsIn(text) {
  const rows = linesIn(text).map((line) => line.split(';').map((part) => part.trim()));
  if (rows.some((parts) => parts.length !== 3 || parts.some((part) => !part))) return null;
  return rows.map(([name, dosage, frequency]) => ({ name, dosage, frequency }));
}

export const medicationLine = ({ name, dosage, frequency }) => `${name}; ${dosage}; ${frequency}`;

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/**
 * What an edit sends: only what differs, and the names of what was taken out.
 * @param {object|null} before the record as it was, null for a new one @param {object} now texts as strings ('' is none)
 */
export function patientChanges(before, now) {
  const body = {};
  const clear = [];
  for (const name of TEXTS) {
    if (now[name] === (before?.[name] ?? '')) continue;
    if (now[name]) body[name] = now[name];
    else if (CLEARABLE.has(name)) clear.push(name);
  }
  for (const name of [...LISTS, 'medications']) if (!same(now[name], before?.[name] ?? [])) body[name] = now[name];
  const flags = Object.fromEntries(FLAGS.filter((name) => now.flags[name] !== (before?.flags?.[name] ?? false))
    .map((name) => [name, now.flags[name]]));
  if (Object.keys(flags).length > 0) body.flags = flags;
  if (now.emergencyContact) {
    if (!same(now.emergencyContact, before?.emergencyContact ?? null)) body.emergencyContact = now.emergencyContact;
  } else if (before?.emergencyContact) clear.push('emergencyContact');
  return clear.length > 0 ? { ...body, clear } : body;
}

/** Whole years between a day of birth and a day, both `2026-11-21`. */
export function ageOn(day, birth) {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return day.slice(5) < birth.slice(5) ? years - 1 : years;
}
