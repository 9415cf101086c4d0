/** A patient's own prescriptions, with the way to each one's page. */
import { h } from './dom.js';
import { prescriptionCard } from './prescription-card.js';
import { sentenceFor } from './errors.js';
import { t } from '../i18n.js';

/** Asked once. Whoever has no record here has no prescriptions either: then there is nothing to show. @param {object} app */
export function ownPrescriptions(app) {
  const element = h('section', { class: 'panel own-prescriptions', 'aria-label': t('prescription.mine'), hidden: true });

  function fill(...content) {
    element.replaceChildren(h('h2', {}, t('prescription.mine')), ...content);
    element.hidden = false;
  }

  async function load() {
    try {
      const found = await app.api.ownPrescriptions();
      if (found.length === 0) return;
      fill(h('div', { class: 'stack' }, found.map((each) =>
        prescriptionCard(app, each, { path: `/my-prescriptions/${each.id}` }))));
    } catch (error) {
      if (error.status !== 403 && error.status !== 404) fill(h('p', { class: 'form-problem', role: 'alert' }, sentenceFor(error)));
    }
  }

  load();
  return element;
}
