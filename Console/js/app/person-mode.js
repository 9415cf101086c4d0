/** The console of a person: signing in, pages, shortcuts, and what happens when the session ends. */
import { startLive } from './live.js';
import { createMailed } from './mailed.js';
import { createRouter } from './router.js';
import { listenForShortcuts } from './shortcuts.js';
import { alertTypesView } from '../views/alert-types.js';
import { boardView } from '../views/board.js';
import { raiseView } from '../views/raise.js';
import { alertView } from '../views/alert-page.js';
import { staffView } from '../views/staff.js';
import { figuresView } from '../views/figures.js';
import { laddersView } from '../views/ladders.js';
import { screensView } from '../views/screens.js';
import { templatesView } from '../views/templates.js';
import { printView } from '../views/print.js';
import { missingView } from '../views/missing.js';
import { noAccessView } from '../views/no-access.js';
import { signInView } from '../views/sign-in.js';
import { waitingView } from '../views/waiting.js';
// One's own account; people, patients and places.
import { ACCOUNT_VIEWS, OUTSIDE_VIEWS } from './account-pages.js';
import { DESK_VIEWS } from './desk-pages.js';
import { ENGINE_VIEWS } from './engine-pages.js';
import { MONEY_VIEWS } from './money-pages.js';
import { NEEDS } from './page-needs.js';
import { ROOM_VIEWS } from './room-pages.js';
import { mayOpen } from '../ui/section-page.js';
import { firstPath, shell } from '../ui/shell.js';
import { retryDelay } from '../pure/backoff.js';
import { t } from '../i18n.js';

const VIEWS = {
  board: boardView,
  raise: raiseView,
  alert: alertView,
  staff: staffView,
  screens: screensView,
  ladders: laddersView,
  alertTypes: alertTypesView,
  templates: templatesView,
  figures: figuresView,
  ...ROOM_VIEWS,
  print: printView,
  missing: missingView,
  ...ACCOUNT_VIEWS,
  ...DESK_VIEWS,
  ...ENGINE_VIEWS,
  ...MONEY_VIEWS,
};
const PATHS = { n: '/raise', b: '/', s: '/staff', p: '/print', f: '/figures' };

/** @param {object} app */
export function runPerson(app) {
  const host = document.getElementById('app');
  let frame = null;
  let view = null;
  let stopLive = null;
  let leaving = false;

  app.mailed = createMailed();
  app.router = createRouter(show);

  function pageTitle() {
    const waiting = app.board ? app.board.alerts().filter((alert) => alert.status === 'active').length : 0;
    document.title = `${waiting > 0 && frame ? `(${waiting}) ` : ''}${view?.title ?? ''} – ${t('app.name')}`;
  }

  function swap(next, container) {
    view?.destroy();
    view = next;
    container.replaceChildren(view.element);
    document.documentElement.dataset.page = '';
    pageTitle();
  }

  function showRoute({ name, params }, { focus }) {
    const needed = NEEDS[name];
    const begin = name === 'board' && !mayOpen(needed, app.session) ? firstPath(app.session) : null;
    if (begin) return app.router.go(begin, { replace: true });
    const make = needed && !mayOpen(needed, app.session) ? noAccessView : VIEWS[name] ?? missingView;
    swap(make(app, params), frame.main);
    document.documentElement.dataset.page = name;
    frame.showPage(name);
    window.scrollTo(0, 0);
    if (view.focusFirst) view.focusFirst();
    else if (focus) view.heading.focus({ preventScroll: true });
  }

  function showFrame() {
    stopLive = startLive(app);
    app.board.on(pageTitle);
    frame = shell(app);
    view?.destroy();
    view = null;
    host.replaceChildren(frame.element);
    showRoute(app.router.current(), { focus: true });
  }

  function dropFrame() {
    view?.destroy();
    view = null;
    frame?.destroy();
    frame = null;
    stopLive?.();
    stopLive = null;
    app.board = null;
    for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close();
  }

  function showOutside(name, make) {
    if (frame) dropFrame();
    swap(make, host);
    document.documentElement.dataset.page = name;
    window.scrollTo(0, 0);
    view.focusFirst();
  }

  const showSignIn = (options) => showOutside('sign-in', signInView(app, options));

  /** What the address means for who is here. */
  function show() {
    app.mailed.take();
    const route = app.router.current();
    const { current } = app.session;
    const isHere = current !== null || route.name !== 'completeProfile';
    const outside = OUTSIDE_VIEWS[route.name];
    if (outside && isHere) return showOutside(route.name, outside(app));
    if (!current) return enter();
    // Without a hospital there is nothing to see, but a way in.
    if (!current.hospital) return showOutside('completeProfile', OUTSIDE_VIEWS.completeProfile(app));
    if (frame) return showRoute(route, { focus: true });
    return showFrame();
  }

  async function enter(attempt = 1) {
    try {
      await app.session.load();
      if (!frame) show();
    } catch (error) {
      if (error.status === 401) return showSignIn();
      if (attempt === 1) swap(waitingView(app, error), host);
      setTimeout(() => enter(attempt + 1), retryDelay(attempt + 2));
    }
  }

  /** @param {{path?: string}} [options] where to go on; else where the address is */
  app.signedIn = async ({ path } = {}) => {
    await app.session.load();
    if (path) app.router.go(path, { replace: true });
    else show();
  };
  /** @returns {Promise<object|null>} the session of whoever is signed in here */
  app.whoIsHere = async () => {
    try {
      await app.session.load();
    } catch (error) {
      if (error.status !== 401) throw error;
    }
    return app.session.current;
  };
  app.askSignIn = showSignIn;
  app.changeHospital = (id) => {
    app.session.chooseHospital(id);
    location.assign('/');
  };
  app.session.on((current) => {
    if (!frame || current?.hospital) return;
    dropFrame();
    if (current) return show();
    showSignIn({ reason: leaving ? undefined : t('signIn.ended') });
    leaving = false;
  });
  app.leaving = () => {
    leaving = true;
  };
  app.signOut = async () => {
    app.leaving();
    await app.session.signOut();
    leaving = false;
    app.router.go('/', { replace: true });
  };

  listenForShortcuts(() => {
    if (!frame) return {};
    const go = Object.entries(PATHS).map(([key, path]) => [key, () => app.router.go(path)]);
    return { ...Object.fromEntries(go), ...frame.keys, ...view.keys };
  });
  show();
}
