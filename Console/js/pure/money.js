/**
 * Amounts as Ward counts them: whole minor units of a currency after ISO 4217. How many digits those are is the server's
 * table (`Sources/Core/Money/Currency.swift`), since the server counts by it; what a browser thinks of a currency's digits
 * must not move the point. Pure.
 */
const WITHOUT_MINOR = new Set(
  'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' '),
);
const THOUSANDTHS = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));
const MOST_MINOR = 100_000_000_000;

/** How many digits follow the point. @param {string} currency */
export function digitsOf(currency) {
  if (WITHOUT_MINOR.has(currency)) return 0;
  if (THOUSANDTHS.has(currency)) return 3;
  return currency === 'UYW' ? 4 : 2;
}

/** The amount in words of digits, `-12.50`: exact, since no fraction is ever reckoned. */
export function decimalOf(minor, currency) {
  const digits = digitsOf(currency);
  const sign = minor < 0 ? '-' : '';
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

const formats = new Map();
function formatOf(locale, currency) {
  const key = `${locale} ${currency}`;
  if (!formats.has(key)) {
    const digits = digitsOf(currency);
    formats.set(key, new Intl.NumberFormat(locale, {
      style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits,
    }));
  }
  return formats.get(key);
}

/**
 * @param {number|null} minor @param {string} currency @param {string} locale
 * @returns {string} `€12.50`, `JP¥1,250`, `KWD 1.250`; a dash where there is no amount
 */
export function formatMoney(minor, currency, locale) {
  if (!Number.isSafeInteger(minor) || !/^[A-Z]{3}$/.test(currency ?? '')) return '–';
  return formatOf(locale, currency).format(decimalOf(minor, currency));
}

/**
 * What somebody typed, in minor units: digits with a point or a comma and no more digits after it than the currency has.
 * @returns {number|null} null where it is no such amount
 */
export function minorOf(text, currency) {
  const digits = digitsOf(currency);
  const match = /^(\d{1,12})(?:[.,](\d+))?$/.exec(text.trim());
  if (!match || (match[2] ?? '').length > digits) return null;
  const minor = Number(match[1] + (match[2] ?? '').padEnd(digits, '0'));
  return minor <= MOST_MINOR ? minor : null;
}
