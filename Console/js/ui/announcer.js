/** Says things to a screen reader: politely, or at once for what cannot wait. */
import { h } from './dom.js';

const STAYS_MILLISECONDS = 15_000;
const regions = [];

/**
 * Moves the live regions: what lies outside an open modal dialog is inert and would not be said.
 * @param {HTMLElement} place
 */
export function hostLiveRegions(place) {
  place.append(...regions);
}

export function createAnnouncer() {
  const polite = h('div', { class: 'spoken', role: 'status', 'aria-live': 'polite' });
  const assertive = h('div', { class: 'spoken', role: 'alert', 'aria-live': 'assertive' });
  regions.push(polite, assertive);
  hostLiveRegions(document.body);

  /** Each sentence is an element of its own, so that two in the same moment are both said. */
  function say(region, text) {
    const line = h('p', {}, text);
    region.append(line);
    setTimeout(() => line.remove(), STAYS_MILLISECONDS);
  }
  return { polite: (text) => say(polite, text), assertive: (text) => say(assertive, text) };
}
