/** A ward screen's life: take the token out of the address, show the board, come back from everything. */
import { startLive } from './live.js';
import { screenView } from '../views/screen.js';
import { screenOffView } from '../views/screen-off.js';
import { waitingView } from '../views/waiting.js';
import { retryDelay } from '../pure/backoff.js';
import { createStage } from './stage.js';

/** A refused screen asks again at this pace: it is most likely turned off, but a mistake must heal by itself. */
const REFUSED_RETRY_MILLISECONDS = 30_000;

/** @param {object} app */
export function runScreen(app) {
  const stage = createStage('screen', enter);
  let stopLive = null;
  let attempt = 0;
  let refusedAt = NaN;

  /** A credential in an address would stay in the history and in every screenshot: it goes at once. */
  function takeToken() {
    const token = new URLSearchParams(location.hash.slice(1)).get('token');
    if (location.hash) history.replaceState(null, '', '/screen');
    if (token) app.session.setToken(token);
    return token !== null;
  }

  function goDark(reason) {
    stopLive?.();
    stopLive = null;
    app.board = null;
    stage.swap(reason, () => screenOffView(app, { reason, since: refusedAt }));
  }

  async function enter() {
    stage.cancel();
    if (!app.session.token()) return goDark('empty');
    try {
      await app.session.load();
      attempt = 0;
      refusedAt = NaN;
      if (stopLive) return;
      stopLive = startLive(app);
      stage.swap('board', () => screenView(app));
    } catch (error) {
      attempt += 1;
      if (error.status === 401 || error.status === 403) return refused(error.status);
      if (!stopLive && stage.shown !== 'revoked') stage.swap('waiting', () => waitingView(app, error));
      stage.again(retryDelay(attempt + 2));
    }
  }

  function refused(status) {
    if (Number.isNaN(refusedAt)) refusedAt = app.clock.now();
    goDark(status === 403 ? 'forbidden' : 'revoked');
    stage.again(REFUSED_RETRY_MILLISECONDS);
  }

  app.session.on((current) => {
    if (!current && stopLive) refused(401);
  });
  app.useScreenToken = (token) => {
    app.session.setToken(token);
    stage.shown = '';
    enter();
  };
  window.addEventListener('hashchange', () => {
    if (!takeToken()) return;
    stopLive?.();
    stopLive = null;
    enter();
  });
  takeToken();
  enter();
}
