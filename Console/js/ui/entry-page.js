/** The frame of a page for who is not inside yet: the brand, and a card with a heading. */
import { h } from './dom.js';
import { brandMark } from './icons.js';
import { t } from '../i18n.js';

/** @param {string} title @param {...(Node|null)} content below the heading */
export function entryPage(title, ...content) {
  const brand = h(
    'div',
    { class: 'sign-in-brand' },
    h(
      'div',
      { class: 'sign-in-brand-body' },
      brandMark(),
      h('p', { class: 'sign-in-name' }, t('app.name')),
      h('p', { class: 'sign-in-claim' }, t('app.claim')),
    ),
  );
  const heading = h('h1', { tabindex: '-1', class: 'sign-in-title' }, title);
  const body = h('div', { class: 'entry-body' }, ...content);
  const card = h('div', { class: 'sign-in-card' }, heading, body);
  const element = h('main', { class: 'sign-in', id: 'main' }, brand, card);
  return {
    element,
    heading,
    title,
    keys: {},
    destroy() {},
    focusFirst: () => (body.querySelector('[data-first]') ?? heading).focus(),
    /** Puts something else into the card, and the focus on its first field, or on the heading where there is none. */
    show(text, ...next) {
      heading.textContent = text;
      body.replaceChildren(...next.flat().filter(Boolean));
      this.focusFirst();
    },
  };
}

/** A sentence that is no trouble. */
export const goodNote = (text) => h('p', { class: 'form-good', role: 'status' }, text);
