/** The console of a person: signing in, pages, shortcuts, and what happens when the session ends. */
import { startLive } from './live.js';
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
import { SETUP_PAGES } from '../ui/setup-page.js';
import { shell } from '../ui/shell.js';
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
  print: printView,
  missing: missingView,
};
const NEEDS = {
  board: 'view_alerts',
  alert: 'view_alerts',
  print: 'view_alerts',
  raise: 'create_alerts',
  ...Object.fromEntries(SETUP_PAGES.map(({ name, permission }) => [name, permission])),
  figures: 'view_analytics',
  staff: 'view_shift_status',
};
const PATHS = { n: '/raise', b: '/', s: '/staff', p: '/print', f: '/figures' };

/** @param {object} app */
export function runPerson(app) {
  const host = document.getElementById('app');
  let frame = null;
  let view = null;
  let stopLive = null;
  let leaving = false;

  app.router = createRouter((route) => {
    if (frame) showRoute(route, { focus: true });
  });

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
    const make = needed && !app.session.can(needed) ? noAccessView : VIEWS[name] ?? missingView;
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

  function showSignIn(reason) {
    swap(signInView(app, { reason }), host);
    document.documentElement.dataset.page = 'sign-in';
    view.focusFirst();
  }

  async function enter(attempt = 1) {
    try {
      await app.session.load();
      if (!frame) showFrame();
    } catch (error) {
      if (error.status === 401) return showSignIn();
      if (attempt === 1) swap(waitingView(app, error), host);
      setTimeout(() => enter(attempt + 1), retryDelay(attempt + 2));
    }
  }

  app.signedIn = async () => {
    await app.session.load();
    showFrame();
  };
  app.changeHospital = (id) => {
    app.session.chooseHospital(id);
    location.assign('/');
  };
  app.session.on((current) => {
    if (current || !frame) return;
    dropFrame();
    showSignIn(leaving ? undefined : t('signIn.ended'));
    leaving = false;
  });
  app.leaving = () => {
    leaving = true;
  };

  listenForShortcuts(() => {
    if (!frame) return {};
    const go = Object.entries(PATHS).map(([key, path]) => [key, () => app.router.go(path)]);
    return { ...Object.fromEntries(go), ...frame.keys, ...view.keys };
  });
  enter();
}
