/** Notes and prescriptions of visits, as they are told. Pure; the server decides what may be written. */

const TIME_TAKEN = /^[1-9]\d{0,2} (?:day|week|month)s?$/;
const NEEDED = ['name', 'dosage', 'frequency', 'duration'];

/** Each note with what amended it, the first written first. @returns {{note: object, amendments: object[]}[]} */
export const threads = (notes) => notes
  .filter(({ amends }) => !amends)
  .map((note) => ({ note, amendments: notes.filter(({ amends }) => amends === note.id) }));

/** What stands in the fields of one drug, without what was left empty. */
export const drugOf = (values) => Object.fromEntries(
  Object.entries(values).map(([name, value]) => [name, value.trim()]).filter(([, value]) => value),
);

/** What is plainly missing in a drug. @returns {string[]} names of fields */
export const missingIn = (drug) => NEEDED.filter((name) => !drug[name]);

/** Whether a duration is one that the server knows: `5 days`, `2 weeks`. */
export const isTimeTaken = (text) => TIME_TAKEN.test(text.trim());

/** Bad fields by the drug that they are in, and those that are in none. */
export function byDrug(fields) {
  const drugs = new Map();
  const rest = [];
  for (const { path, message } of fields) {
    const match = /medications(?:\.|\[)(\d+)\]?\.?(\w*)/.exec(String(path ?? ''));
    if (!match) {
      rest.push({ path, message });
      continue;
    }
    const [, index, name] = match;
    drugs.set(Number(index), [...(drugs.get(Number(index)) ?? []), { path: name || 'name', message }]);
  }
  return { drugs, rest };
}

/** What speaks against drugs, by their names. @param {{medication: number, reason: string}[]} warnings @param {string[]} names */
export const warningsOf = (warnings, names) =>
  warnings.map(({ medication, reason }) => ({ name: names[medication] ?? '', reason, medication }));

/** Whether a prescription can still be taken back. */
export const isOpen = ({ status, dispensedAt }) => status === 'active' && !dispensedAt;

/** Whether a text may be the code of a prescription, as it is printed or without its dashes. */
export const isVerificationCode = (text) => /^[0-9A-HJKMNP-TV-Z]{20}$/i.test(text.trim().replaceAll('-', ''));

/** What other visits have prescribed that is in force. */
export const takenElsewhere = (prescriptions, appointmentId) =>
  prescriptions.filter((each) => each.appointmentId !== appointmentId && each.status === 'active');

/** Visits before another one, the last first, and no more than somebody reads. */
export const visitsBefore = (visits, { id, startsAt }, most) => visits
  .filter((each) => each.id !== id && each.status === 'completed' && Date.parse(each.startsAt) <= Date.parse(startsAt))
  .sort((one, other) => Date.parse(other.startsAt) - Date.parse(one.startsAt))
  .slice(0, most);

const WRITES_NOTES = new Set(['checked_in', 'in_progress', 'completed']);

/** What the doctor of a visit may write now; nobody else writes anything. */
export const mayWrite = ({ status, doctorId }, me) => ({
  notes: doctorId === me && WRITES_NOTES.has(status),
  prescriptions: doctorId === me && status === 'completed',
});
