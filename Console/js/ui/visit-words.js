/** How a visit is told: its time, what for, its state. */
import { h } from './dom.js';
import { word } from '../i18n.js';

/** @param {object} app */
export const spanOf = (app, { startsAt, endsAt }) => `${app.time.minute(startsAt)}–${app.time.minute(endsAt)}`;

/** What it is for; how, where it is not in person. @param {object[]} services */
export function serviceText({ service, medium }, services) {
  const title = services.find(({ name }) => name === service)?.title ?? word('service', service.replaceAll('-', '_'));
  return medium === 'in_person' ? title : `${title} · ${word('visit.medium', medium)}`;
}

/** Told to the patient himself, some states have other words. */
const OWN_WORDS = new Set(['checked_in', 'no_show']);

/** @param {{status: string}} visit @param {boolean} [isOwn] */
export const stateTag = ({ status }, isOwn = false) => h(
  'span',
  { class: 'tag visit-state', dataset: { status } },
  word(isOwn && OWN_WORDS.has(status) ? 'visit.own' : 'visit.status', status),
);
