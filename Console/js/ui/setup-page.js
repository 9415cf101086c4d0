/** The frame of a page under “Set up”: the row of its sister pages, heading, note. */
import { h, link } from './dom.js';
import { t } from '../i18n.js';

/** In the order in which they are offered; each needs its permission. */
export const SETUP_PAGES = [
  { name: 'ladders', path: '/ladders', permission: 'manage_ladders' },
  { name: 'alertTypes', path: '/alert-types', permission: 'manage_alert_types' },
  { name: 'templates', path: '/templates', permission: 'manage_alert_types' },
  { name: 'screens', path: '/screens', permission: 'manage_screens' },
];

/** @param {(permission: string) => boolean} can */
export const setupPagesFor = (can) => SETUP_PAGES.filter(({ permission }) => can(permission));

/** @param {object} app @param {string} name @param {...Node} content */
export function setupPage(app, name, ...content) {
  const heading = h('h1', { tabindex: '-1', class: 'page-title' }, t(`${name}.title`));
  const tabs = setupPagesFor(app.session.can).map((page) => link(
    page.path,
    { class: 'setup-tab', 'aria-current': page.name === name ? 'page' : null },
    t(`setup.${page.name}`),
  ));
  const row = tabs.length > 1 ? h('nav', { class: 'setup-tabs', 'aria-label': t('nav.setup') }, tabs) : null;
  const intro = h('p', { class: 'page-note' }, t(`${name}.intro`));
  const element = h('div', { class: 'page' }, row, heading, intro, ...content);
  return { element, heading, title: t(`${name}.title`) };
}
