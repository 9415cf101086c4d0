/** What a browser calls itself, as people call it. Pure. */

// The first that fits: most browsers also claim to be others.
const BROWSERS = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'], [/\bOPR\/|\bOpera\b/, 'Opera'], [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'], [/\b(?:HeadlessChrome|Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS = [
  [/\biPhone\b/, 'iPhone'], [/\biPad\b/, 'iPad'], [/\bAndroid\b/, 'Android'], [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'], [/\bMac OS X\b|\bMacintosh\b/, 'Mac'], [/\bLinux\b/, 'Linux'],
];
const LONGEST = 60;

const find = (table, text) => table.find(([pattern]) => pattern.test(text))?.[1] ?? null;

/** @param {string|null} agent the User-Agent @returns {{browser: string|null, system: string|null, other: string}} */
export function deviceName(agent) {
  const text = agent ?? '';
  const browser = find(BROWSERS, text);
  return { browser, system: find(SYSTEMS, text), other: browser ? '' : text.slice(0, LONGEST) };
}
