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

/** @param {{status: string}} visit */
export const stateTag = ({ status }) =>
  h('span', { class: 'tag visit-state', dataset: { status } }, word('visit.status', status));
