/**
 * The life of a waiting room's screen. It is opened in the session of somebody who sees appointments, and has none of
 * the live parts of a person's console: no alert rings or is told in a waiting room.
 */
import { waitingView } from '../views/waiting.js';
import { waitingRoomOffView, waitingRoomView } from '../views/waiting-room.js';
import { retryDelay } from '../pure/backoff.js';
import { t } from '../i18n.js';

/** Somebody may have signed in again in another tab. */
const REFUSED_RETRY_MILLISECONDS = 30_000;

/** @param {object} app */
export function runWaitingRoom(app) {
  const host = document.getElementById('app');
  let view = null;
  let shown = '';
  let timer = 0;
  let attempt = 0;

  function swap(name, make) {
    if (shown === name) return;
    view?.destroy();
    shown = name;
    view = make();
    host.replaceChildren(view.element);
    document.title = `${view.title} – ${t('app.name')}`;
    document.documentElement.dataset.page = 'waitingRoom';
  }

  function again(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(enter, milliseconds);
  }

  function goDark(reason) {
    swap(reason, () => waitingRoomOffView(reason));
    again(REFUSED_RETRY_MILLISECONDS);
  }

  async function enter() {
    clearTimeout(timer);
    try {
      await app.session.load();
      attempt = 0;
      show();
    } catch (error) {
      attempt += 1;
      if (error.status === 401 || error.status === 403) return goDark('signedOut');
      swap('waiting', () => waitingView(app, error));
      again(retryDelay(attempt + 2));
    }
  }

  function show() {
    if (!app.session.can('view_appointments')) goDark('forbidden');
    else swap('room', () => waitingRoomView(app));
  }

  app.session.on((current) => {
    if (shown !== 'room') return;
    if (current) show();
    else goDark('signedOut');
  });
  enter();
}
