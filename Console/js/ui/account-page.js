/** The frame of a page about oneself: the row of its sister pages, heading, note. */
import { h, link } from './dom.js';
import { showCurrent } from './section-page.js';
import { t } from '../i18n.js';

const PAGES = [
  { name: 'profile', path: '/profile' },
  { name: 'security', path: '/security' },
  { name: 'notifications', path: '/notifications' },
  { name: 'preferences', path: '/notification-preferences' },
  { name: 'outbox', path: '/outbox', permission: 'view_system' },
];

/** @param {object} app @param {string} name @param {...Node} content */
export function accountPage(app, name, ...content) {
  const heading = h('h1', { tabindex: '-1', class: 'page-title' }, t(`${name}.title`));
  const tabs = PAGES.filter(({ permission }) => !permission || app.session.can(permission)).map((page) => link(
    page.path,
    { class: 'setup-tab', 'aria-current': page.name === name ? 'page' : null },
    t(`${page.name}.tab`),
  ));
  const row = h('nav', { class: 'setup-tabs', 'aria-label': t('account.pages') }, tabs);
  requestAnimationFrame(() => showCurrent(row));
  const element = h(
    'div',
    { class: 'page' },
    row,
    heading,
    h('p', { class: 'page-note' }, t(`${name}.intro`)),
    ...content,
  );
  return { element, heading, title: t(`${name}.title`), keys: {}, destroy() {} };
}

/** A part of such a page. @param {string} title @param {...(Node|null)} content */
export function panel(title, ...content) {
  const heading = h('h2', { tabindex: '-1' }, title);
  const body = h('div', { class: 'panel-body' }, ...content);
  const element = h('section', { class: 'panel' }, heading, body);
  return {
    element,
    heading,
    body,
    /** Puts something else into it, and the focus on its first field, or on the heading. */
    show(...next) {
      body.replaceChildren(...next.flat().filter(Boolean));
      (body.querySelector('[data-first]') ?? heading).focus();
    },
    fill(...next) {
      body.replaceChildren(...next.flat().filter(Boolean));
    },
  };
}

/** Facts in pairs. @param {[string, string|Node|null][]} pairs those without a value are left out */
export const facts = (pairs) => h(
  'dl',
  { class: 'account-list' },
  pairs.filter(([, value]) => value).map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
);
