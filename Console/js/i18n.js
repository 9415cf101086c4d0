/** Words for the screen. All of them stand in `strings.js`; another language is another such file. */
import { LOCALE, STRINGS } from './strings.js';

/** @param {string} key @param {Record<string, string|number>} [values] fill `{name}` places */
export function t(key, values = {}) {
  const text = STRINGS[key];
  if (text === undefined) {
    console.error(`no text for ${key}`);
    return key;
  }
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
}

const plurals = new Intl.PluralRules(LOCALE);

/** Picks `key.one`, `key.other` … by the rules of the language. */
export const plural = (key, count, values = {}) => t(`${key}.${plurals.select(count)}`, { count, ...values });

/** A word that the server knows more of than we do: a known key's text, else the server's word made readable. */
export function word(prefix, code) {
  if (code === null || code === undefined || code === '') return '';
  const known = STRINGS[`${prefix}.${code}`];
  if (known) return known;
  const plain = String(code).replaceAll('_', ' ').trim();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

const formats = new Map();
function format(name, timeZone, options) {
  const key = `${name} ${timeZone}`;
  if (!formats.has(key)) {
    try {
      formats.set(key, new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: timeZone || undefined }));
    } catch {
      formats.set(key, new Intl.DateTimeFormat(LOCALE, options)); // a time zone that this browser does not know
    }
  }
  return formats.get(key);
}

const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const DAY = { day: 'numeric', month: 'short', year: 'numeric' };

/** Formats moments (RFC 3339 or milliseconds) in the hospital's time zone; an unknown moment is a dash. */
export function createTimeFormat(timeZone) {
  const use = (name, options, moment) => {
    const milliseconds = typeof moment === 'number' ? moment : Date.parse(moment);
    return Number.isFinite(milliseconds) ? format(name, timeZone, options).format(milliseconds) : '–';
  };
  return {
    minute: (moment) => use('minute', TIME, moment),
    second: (moment) => use('second', { ...TIME, second: '2-digit' }, moment),
    day: (moment) => use('day', DAY, moment),
    moment: (moment) => use('moment', { ...DAY, ...TIME }, moment),
    full: (moment) => use('full', { ...DAY, ...TIME, second: '2-digit' }, moment),
  };
}

/** A calendar day such as a date of birth, which is the same in every time zone. @param {string|null} day `2026-11-21` */
export const calendarDay = (day) =>
  (/^\d{4}-\d{2}-\d{2}$/.test(day ?? '') ? format('date', 'UTC', DAY).format(Date.parse(`${day}T12:00Z`)) : '–');
