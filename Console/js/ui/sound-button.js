/** Pauses the alarm sound for two minutes, or lets it go on. */
import { h, setText } from './dom.js';
import { icon } from './icons.js';
import { t } from '../i18n.js';
import { formatCountdown } from '../pure/durations.js';

/** @param {object} app */
export function soundButton(app) {
  const label = h('span', { class: 'sound-word' });
  const symbol = h('span', { class: 'sound-symbol' }, icon('sound'));
  const element = h('button', { type: 'button', class: 'head-button', on: { click: toggle } }, symbol, label);

  function toggle() {
    if (app.alarm.pausedFor > 0) app.alarm.resume();
    else app.alarm.pause();
  }

  function show() {
    const left = app.alarm.pausedFor;
    const on = left === 0;
    if (element.dataset.paused !== String(!on)) symbol.replaceChildren(icon(on ? 'sound' : 'paused'));
    element.dataset.paused = String(!on);
    setText(label, on ? t('sound.pause') : formatCountdown(left));
    element.setAttribute('aria-label', on ? t('sound.pauseSpoken') : t('sound.resume'));
  }

  element.hidden = !app.watching;
  const stops = [app.alarm.on(show), app.ticker.on(show)];
  return { element, toggle, destroy: () => stops.forEach((stop) => stop()) };
}
