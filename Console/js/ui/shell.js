/** The frame around every page for people: skip link, header, navigation, strips, main. */
import { h, link } from './dom.js';
import { bellButton } from './bell-button.js';
import { brandMark, icon } from './icons.js';
import { banners } from './banners.js';
import { degradedStrip } from './degraded-strip.js';
import { deskPagesFor } from './desk-pages.js';
import { dutySwitch } from './duty-switch.js';
import { linkLight } from './link-light.js';
import { soundButton } from './sound-button.js';
import { openAccount } from './account-dialog.js';
import { patientPagesFor } from './patient-pages.js';
import { openPages } from './section-page.js';
import { setupPagesFor } from './setup-page.js';
import { staffPagesFor } from './staff-pages.js';
import { openHelp } from './help-dialog.js';
import { t } from '../i18n.js';

const PAGES = [
  { name: 'board', path: '/', icon: 'board', permission: 'view_alerts' },
  { name: 'raise', path: '/raise', icon: 'raise', permission: 'create_alerts' },
  { name: 'print', path: '/print', icon: 'print', permission: 'view_alerts' },
  { name: 'figures', path: '/figures', icon: 'figures', permission: 'view_analytics' },
];

/** Pages of appointments to which others lead. */
const DESK_INSIDE = ['visit', 'prescription', 'ownPrescription', 'doctorProfile', 'myPayment', 'payment', 'receipt'];

/** Pages that belong together stand behind one entry, which leads to the first that the person may open. */
function section(name, pages, also = []) {
  const opens = [...pages.map((page) => page.name), ...also];
  return pages.length === 0 ? [] : [{ ...pages[0], name, icon: name, opens }];
}

function pagesFor(session) {
  const open = openPages(PAGES, session);
  const patients = patientPagesFor(session);
  const called = patients[0]?.name === 'myRecord' ? 'myRecord' : 'patients';
  const first = open.findIndex((page) => page.name === 'print');
  open.splice(
    first < 0 ? open.length : first,
    0,
    ...section(called, patients, ['patient']),
    ...section('appointments', deskPagesFor(session), DESK_INSIDE),
    ...section('staff', staffPagesFor(session)),
  );
  return [...open, ...section('setup', setupPagesFor(session))];
}

/** Where somebody begins whose role does not include the board; null for nowhere. */
export const firstPath = (session) => pagesFor(session)[0]?.path ?? null;

/** @param {object} app */
export function shell(app) {
  const nav = h('nav', { class: 'nav', 'aria-label': t('nav.label') });
  const main = h('main', { class: 'main', id: 'main', tabindex: '-1' });
  const light = linkLight(app);
  const duty = dutySwitch(app);
  const sound = soundButton(app);
  const bell = bellButton(app);
  const strips = banners(app);
  const degraded = degradedStrip(app);
  strips.element.append(degraded.element);
  const hospital = h('span', { class: 'brand-hospital' });
  const environment = h('span', { class: 'environment', hidden: true });
  const name = h('span', { class: 'account-name' });
  const account = h(
    'button',
    { type: 'button', class: 'head-button', on: { click: () => openAccount(app) } },
    icon('person'),
    name,
  );
  const help = h(
    'button',
    { type: 'button', class: 'head-button head-help', 'aria-label': t('help.title'), on: { click: openHelp } },
    icon('help'),
  );
  const skip = h('a', { class: 'skip', href: '#main', on: { click: skipToMain } }, t('nav.skip'));
  const brand = link(
    '/',
    { class: 'brand', 'aria-label': t('nav.home') },
    brandMark(),
    h('span', { class: 'brand-words' }, h('span', { class: 'brand-name' }, t('app.name')), hospital),
  );
  const tools = h('div', { class: 'head-tools' }, duty.element, sound.element, bell.element, help, account);
  const element = h(
    'div',
    { class: 'shell' },
    skip,
    h('header', { class: 'head' }, brand, environment, nav, light.element, tools),
    strips.element,
    main,
  );

  let page = '';

  function skipToMain(event) {
    event.preventDefault();
    main.focus();
  }

  function navLink(page) {
    return link(
      page.path,
      { class: `nav-link nav-${page.name}`, dataset: { pages: (page.opens ?? [page.name]).join(' ') } },
      icon(page.icon),
      h('span', {}, t(`nav.${page.name}`)),
    );
  }

  function showSession(session) {
    if (!session) return;
    const allowed = pagesFor(app.session);
    const key = allowed.map((page) => page.path).join(' ');
    if (nav.dataset.pages !== key) nav.replaceChildren(...allowed.map(navLink));
    nav.dataset.pages = key;
    showPage(page);
    hospital.textContent = session.hospital?.name ?? '';
    name.textContent = session.user.name;
    account.setAttribute('aria-label', t('account.open', { name: session.user.name }));
    environment.hidden = !session.environment || session.environment === 'production';
    environment.textContent = t('account.environmentTag', { name: session.environment ?? '' });
  }

  /** Marks where we are. */
  function showPage(pageName) {
    page = pageName;
    for (const anchor of nav.querySelectorAll('a')) {
      if (anchor.dataset.pages.split(' ').includes(pageName)) anchor.setAttribute('aria-current', 'page');
      else anchor.removeAttribute('aria-current');
    }
  }

  const stop = app.session.on(showSession);
  showSession(app.session.current);
  return {
    element,
    main,
    showPage,
    keys: { m: sound.toggle, '?': openHelp },
    destroy() {
      stop();
      for (const part of [light, duty, sound, strips, degraded, bell]) part.destroy();
    },
  };
}
