/** Light, dark, or what the system says. `theme-early.js` has set the attribute before the first paint. */
import { readPref, writePref } from './prefs.js';

const system = window.matchMedia('(prefers-color-scheme: dark)');
export const THEMES = ['system', 'light', 'dark'];

export const chosenTheme = () => (THEMES.includes(readPref('theme')) ? readPref('theme') : 'system');

export function applyTheme() {
  const choice = chosenTheme();
  document.documentElement.dataset.theme = choice === 'system' ? (system.matches ? 'dark' : 'light') : choice;
}

export function chooseTheme(choice) {
  writePref('theme', choice === 'system' ? null : choice);
  applyTheme();
}

export function followSystemTheme() {
  system.addEventListener('change', applyTheme);
  applyTheme();
}
