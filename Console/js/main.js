/** Starts the console: for a person at `/`, for a ward screen at `/screen`, for a waiting room at `/waiting-room`. */
import { createServerClock } from './pure/server-clock.js';
import { matchRoute } from './pure/routes.js';
import { createHttp } from './net/http.js';
import { createApi } from './net/api.js';
import { createSession } from './app/session.js';
import { createTicker } from './app/ticker.js';
import { followSystemTheme } from './app/theme.js';
import { runPerson } from './app/person-mode.js';
import { runScreen } from './app/screen-mode.js';
import { runWaitingRoom } from './app/waiting-room-mode.js';
import { keepPresses } from './ui/kept-press.js';
import { createAnnouncer } from './ui/announcer.js';
import { createToasts } from './ui/toast.js';
import { createTimeFormat } from './i18n.js';
import { LOCALE } from './strings.js';

/** A clock that jumps further than this was asleep; so was the event stream. */
const SLEPT_MILLISECONDS = 2_000;
const LOOK_AGAIN_MILLISECONDS = 10_000;

function boot() {
  document.documentElement.lang = LOCALE;
  followSystemTheme();
  keepPresses();
  const { name: page } = matchRoute(location.pathname);
  const screenMode = page === 'screen';
  const clock = createServerClock({
    monotonic: () => performance.now(),
    onJump: (milliseconds) => {
      if (Math.abs(milliseconds) > SLEPT_MILLISECONDS) queueMicrotask(lookAgain);
    },
  });
  const session = createSession({ clock, screenMode });
  const http = createHttp({
    clock,
    token: session.token,
    hospitalId: session.hospitalId,
    onUnauthorized: () => session.ended(),
  });
  const api = createApi(http);
  session.useApi(api);

  const announcer = createAnnouncer();
  const app = {
    clock, session, api,
    ticker: createTicker(clock),
    announcer,
    toasts: createToasts(announcer),
    time: createTimeFormat(undefined),
    /** The live parts (board, sound, alarm, lookups) are put in when somebody has signed in. */
    board: null, news: null, bell: null, sound: null, alarm: null, lookups: null,
    focusMain: () => document.getElementById('main')?.focus(),
  };
  session.on((current) => {
    if (current?.hospital?.timeZone) app.time = createTimeFormat(current.hospital.timeZone);
  });

  let lookedAt = 0;
  function lookAgain() {
    if (!session.current) return;
    session.refresh();
    app.board?.reconnect();
  }
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || !session.current) return;
    if (performance.now() - lookedAt < LOOK_AGAIN_MILLISECONDS) return;
    lookedAt = performance.now();
    session.refresh();
  });
  for (const event of ['online', 'offline']) window.addEventListener(event, () => app.board?.reconnect());
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) lookAgain();
  });

  if (screenMode) runScreen(app);
  else if (page === 'waitingRoom') runWaitingRoom(app);
  else runPerson(app);
}

boot();
