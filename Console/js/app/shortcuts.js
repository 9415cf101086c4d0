/** Single-key shortcuts. They rest while somebody types or a dialog is open, and can be switched off for good. */
import { readPref, writePref } from './prefs.js';

const TYPING = 'input:not([type="checkbox"]), textarea, select, [contenteditable]';

export const shortcutsOn = () => readPref('shortcuts') !== 'off';
export const setShortcuts = (on) => writePref('shortcuts', on ? null : 'off');

/**
 * @param {() => Record<string, () => (boolean|void)>} keysNow key → action; an action that answers `false`
 *   was not meant, and the browser goes on as usual
 */
export function listenForShortcuts(keysNow) {
  function pressed(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector('dialog[open]') || event.target.closest?.(TYPING)) return;
    if (!shortcutsOn() && event.key.length === 1 && event.key !== '?') return;
    const action = keysNow()[event.key];
    if (action && action() !== false) event.preventDefault();
  }
  document.addEventListener('keydown', pressed);
  return () => document.removeEventListener('keydown', pressed);
}
