/** What the pages of visits share: asked once per page, followed while it is open. */
import { debounce } from './debounce.js';
import { createSocket } from '../net/socket.js';

const EVENT = 'appointment:updated';
const REFRESH_MILLISECONDS = 60_000;

/** Whether somebody is in the middle of something that a list drawn anew would disturb. */
const isBusy = () => document.querySelector('dialog[open]') !== null;

/**
 * Calls `reload` when a visit has changed, when the line is there again, and each minute, since time goes on.
 * @param {object} app @param {() => void} reload @returns {() => void} stops
 */
export function followVisits(app, reload) {
  const soon = debounce(() => !isBusy() && reload());
  const timer = setInterval(soon, REFRESH_MILLISECONDS);
  const heard = ({ name }) => {
    if (name === EVENT || name === 'queue:updated') soon();
  };
  const stops = [app.news.on(heard), app.news.onRenewed(soon)];
  // The stream of those who see alerts carries them; on a person's own socket the hospital's have to be asked for.
  if (!app.watching && app.session.can('view_appointments')) {
    const socket = createSocket({
      subscription: ['subscribe:appointments'],
      onEvent: heard,
      onState: (state) => state === 'live' && soon(),
    });
    socket.start();
    stops.push(socket.stop);
  }
  return () => {
    clearInterval(timer);
    for (const stop of stops) stop();
  };
}

/**
 * Calls `reload` when this one visit has changed. Not each minute: every look at what was noted is on record.
 * @param {object} app @param {string} id @param {() => void} reload @returns {() => void} stops
 */
export function followVisit(app, id, reload) {
  const soon = debounce(() => !isBusy() && reload());
  const stops = [
    app.news.on(({ name, data }) => {
      if (name === EVENT && data?.appointmentId === id) soon();
    }),
    app.news.onRenewed(soon),
  ];
  return () => stops.forEach((stop) => stop());
}

/** Puts the focus back on what has the same name in a list that is drawn anew. @param {HTMLElement} host */
export function redraw(host, ...content) {
  const key = host.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  host.replaceChildren(...content);
  if (key) host.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}
