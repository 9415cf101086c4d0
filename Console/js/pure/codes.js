/** What people type for a code: with spaces, in small letters, without the hyphen. Pure. */

/** @param {string} text @returns {string|null} six digits, or null where it is something else */
export function sixDigits(text) {
  const digits = text.replace(/[\s-]/g, '');
  return /^[0-9]{6}$/.test(digits) ? digits : null;
}

/** @param {string} text @returns {string|null} as `K7QZM-4XA2P`, or null */
export function backupCode(text) {
  const letters = text.replace(/[\s-]/g, '').toUpperCase();
  return /^[A-Z2-7]{10}$/.test(letters) ? `${letters.slice(0, 5)}-${letters.slice(5)}` : null;
}

/** A secret in groups of four, as it is read aloud or typed. @param {string} text */
export const inGroups = (text) => text.replace(/(.{4})(?=.)/g, '$1 ');
