/** How many notifications this person has not read; kept up by what Ward tells. */
import { createEmitter } from './emitter.js';

const NEWS = new Set(['notification:new', 'notification:read']);
/** An alert that pages again and again may say so many times a second. */
const PAUSE_MILLISECONDS = 300;

/** @param {{api: object, news: object}} app */
export function createBell({ api, news }) {
  const changed = createEmitter();
  let unread = null;
  let timer = 0;
  let asking = false;
  let stopped = false;

  async function load() {
    timer = 0;
    if (asking) return soon();
    asking = true;
    try {
      unread = await api.notifications.unread();
    } catch (error) {
      if (error.status === 401) return;
      unread = null; // better no number than an old one
    } finally {
      asking = false;
    }
    if (!stopped) changed.emit(unread);
  }

  function soon() {
    if (timer === 0 && !stopped) timer = setTimeout(load, PAUSE_MILLISECONDS);
  }

  /** What was read on another device nobody tells. */
  const seen = () => document.visibilityState === 'visible' && soon();
  document.addEventListener('visibilitychange', seen);
  const stops = [
    news.onRenewed(soon),
    news.on(({ name }) => NEWS.has(name) && soon()),
    () => document.removeEventListener('visibilitychange', seen),
  ];
  return {
    /** @type {(listener: (unread: number|null) => void) => () => void} told after every look, also without a change */
    on: changed.on,
    get unread() {
      return unread;
    },
    look: soon,
    start: load,
    stop() {
      stopped = true;
      clearTimeout(timer);
      for (const stop of stops) stop();
    },
  };
}
