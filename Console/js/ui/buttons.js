/** Buttons with an icon, and one that shows that it is busy. */
import { h } from './dom.js';
import { icon } from './icons.js';

/** @param {{label: string, icon?: string, kind?: 'primary'|'quiet'|'danger'|'alarm'|'plain', on?: object}} options */
export function button({ label, icon: name, kind = 'plain', type = 'button', ...props }) {
  const className = `button button-${kind} ${props.class ?? ''}`.trim();
  return h('button', { ...props, type, class: className }, name && icon(name), h('span', {}, label));
}

/** Runs a piece of work; meanwhile the button stays focusable, is marked busy and does nothing. */
export async function whileBusy(element, work) {
  if (element.getAttribute('aria-busy') === 'true') return;
  element.setAttribute('aria-busy', 'true');
  element.setAttribute('aria-disabled', 'true');
  try {
    await work();
  } finally {
    element.removeAttribute('aria-busy');
    element.removeAttribute('aria-disabled');
  }
}
