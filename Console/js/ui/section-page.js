/** The frame of a page that has sister pages: the row of them, heading, note. */
import { h, link } from './dom.js';
import { icon } from './icons.js';
import { t } from '../i18n.js';

/** The pages of a section that a person may open. A page may ask for one permission of several, or for a role. */
export const openPages = (pages, session) => pages.filter((page) => mayOpen(page, session));

/** @param {{permission?: string|string[], role?: string}} page @param {{can: Function, current: object|null}} session */
export function mayOpen({ permission, role }, session) {
  if (role) return session.current?.role === role;
  return [permission].flat().some((each) => session.can(each));
}

function tab(page, name) {
  return link(
    page.path,
    { class: 'setup-tab', 'aria-current': page.name === name ? 'page' : null },
    t(`tab.${page.name}`),
  );
}

/** Tabs of the pages that belong together; every other group of the section is one link to its first page. */
function tabRow(pages, name, label) {
  const here = pages.find((page) => page.name === name)?.group;
  const others = [...new Set(pages.map((page) => page.group))].filter((group) => group !== here);
  const away = (group) => link(
    pages.find((page) => page.group === group).path,
    { class: 'setup-tab setup-away' },
    t(`tabs.${group}`),
    icon('up'),
  );
  return h(
    'nav',
    { class: 'setup-tabs', 'aria-label': label },
    h('div', { class: 'setup-group' }, pages.filter((page) => page.group === here).map((page) => tab(page, name))),
    others.map(away),
  );
}

/**
 * @param {object} app
 * @param {{name: string, path: string, permission?: string|string[], role?: string, group?: string}[]} pages
 * @param {string} label what the section is called
 * @param {string} name which of the pages this is
 * @param {...Node} content
 */
export function sectionPage(app, pages, label, name, ...content) {
  const heading = h('h1', { tabindex: '-1', class: 'page-title' }, t(`${name}.title`));
  const open = openPages(pages, app.session);
  const row = open.length > 1 ? tabRow(open, name, label) : null;
  const intro = h('p', { class: 'page-note' }, t(`${name}.intro`));
  const element = h('div', { class: 'page' }, row, heading, intro, ...content);
  if (row) requestAnimationFrame(() => showCurrent(row));
  return { element, heading, title: t(`${name}.title`) };
}

/** On a phone a row of tabs scrolls: where we are must be in sight. @param {HTMLElement} row */
export function showCurrent(row) {
  const current = row.querySelector('[aria-current]');
  if (current) row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
}
