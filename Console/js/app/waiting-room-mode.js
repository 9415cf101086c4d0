/**
 * The life of a waiting room's screen. It is opened in the session of somebody who sees appointments, and has none of
 * the live parts of a person's console: no alert rings or is told in a waiting room.
 */
import { waitingView } from '../views/waiting.js';
import { waitingRoomOffView, waitingRoomView } from '../views/waiting-room.js';
import { retryDelay } from '../pure/backoff.js';
import { createStage } from './stage.js';

/** Somebody may have signed in again in another tab. */
const REFUSED_RETRY_MILLISECONDS = 30_000;

/** @param {object} app */
export function runWaitingRoom(app) {
  const stage = createStage('waitingRoom', enter);
  let attempt = 0;

  function goDark(reason) {
    stage.swap(reason, () => waitingRoomOffView(reason));
    stage.again(REFUSED_RETRY_MILLISECONDS);
  }

  async function enter() {
    stage.cancel();
    try {
      await app.session.load();
      attempt = 0;
      show();
    } catch (error) {
      attempt += 1;
      if (error.status === 401 || error.status === 403) return goDark('signedOut');
      stage.swap('waiting', () => waitingView(app, error));
      stage.again(retryDelay(attempt + 2));
    }
  }

  function show() {
    if (!app.session.can('view_appointments')) goDark('forbidden');
    else stage.swap('room', () => waitingRoomView(app));
  }

  app.session.on((current) => {
    if (stage.shown !== 'room') return;
    if (current) show();
    else goDark('signedOut');
  });
  enter();
}
