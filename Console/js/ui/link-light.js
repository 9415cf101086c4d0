/** The small sign in the header: live or not, and the hospital's time as the server has it. */
import { h, setText } from './dom.js';
import { t } from '../i18n.js';

/** @param {object} app */
export function linkLight(app) {
  const word = h('span', { class: 'link-word' });
  const clock = h('time', { class: 'wall-clock' });
  const state = h('span', { class: 'link-state' }, h('span', { class: 'link-dot', 'aria-hidden': true }), word);
  const element = h('div', { class: 'link-light' }, state, clock);

  function show() {
    const open = app.board.link?.phase === 'open' && !app.board.lost;
    element.dataset.link = app.board.lost ? 'lost' : open ? 'live' : 'connecting';
    setText(word, t(`link.${element.dataset.link}`));
  }

  const stops = [app.board.onLink(show), app.ticker.on((now) => setText(clock, app.time.second(now)))];
  element.hidden = !app.watching;
  show();
  return { element, destroy: () => stops.forEach((stop) => stop()) };
}
