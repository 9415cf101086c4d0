/** What was prescribed after a visit: the one in force, the former ones, another one. */
import { h } from './dom.js';
import { button } from './buttons.js';
import { formDialog } from './dialog.js';
import { prescriptionCard } from './prescription-card.js';
import { prescriptionForm } from './prescription-form.js';
import { sentenceFor } from './errors.js';
import { newKey } from '../net/keys.js';
import { isOpen } from '../pure/prescriptions.js';
import { t } from '../i18n.js';

/** @param {object} app @param {{changed: () => Promise<void>}} options */
export function visitPrescriptions(app, { changed }) {
  let shown = '';
  let form = null;
  const list = h('div', { class: 'stack' });
  const place = h('div', { hidden: true });
  const write = button({ label: t('prescription.write'), icon: 'raise', kind: 'primary', hidden: true, on: { click: open } });
  const element = h(
    'section',
    { class: 'panel visit-prescriptions', 'aria-label': t('prescription.title') },
    h('div', { class: 'panel-head' }, h('h2', {}, t('prescription.title')), write),
    list,
    place,
  );
  let visit = null;
  let prescriptions = [];

  function close() {
    form = null;
    place.replaceChildren();
    place.hidden = true;
  }

  function open() {
    form = prescriptionForm(app, visit.id, {
      replaces: prescriptions.some(isOpen),
      done: async () => {
        close();
        app.toasts.good(t('prescription.done'));
        await changed();
        write.focus();
      },
    });
    const leave = button({ label: t('prescription.leave'), kind: 'quiet', on: { click: () => { close(); write.focus(); } } });
    place.replaceChildren(form.element, leave);
    place.hidden = false;
    form.focus();
  }

  async function cancel(prescription) {
    const key = newKey();
    const done = await formDialog({
      title: t('prescription.askCancel'),
      intro: t('prescription.askCancelIntro'),
      rows: [],
      submitLabel: t('prescription.cancel'),
      kind: 'danger',
      submit: () => app.api.cancelPrescription(prescription.id, key),
      onError: sentenceFor,
      fallbackFocus: () => app.focusMain(),
    });
    if (!done) return;
    app.toasts.good(t('prescription.cancelled'));
    await changed();
  }

  const cardOf = (mayWrite) => (prescription) => prescriptionCard(app, prescription, {
    path: `/prescriptions/${prescription.id}`,
    tools: mayWrite && isOpen(prescription)
      ? [button({ label: t('prescription.cancel'), kind: 'danger', on: { click: () => cancel(prescription) } })]
      : [],
  });

  return {
    element,
    /** @param {object} now the visit @param {object[]} found the prescriptions after it @param {boolean} mayWrite */
    show(now, found, mayWrite) {
      [visit, prescriptions] = [now, found];
      write.hidden = !mayWrite;
      const key = JSON.stringify([found, mayWrite, now.status]);
      if (key === shown) return;
      shown = key;
      const none = now.status === 'completed' ? t('prescription.none') : t('prescription.later');
      list.replaceChildren(...(found.length > 0 ? found.map(cardOf(mayWrite)) : [h('p', { class: 'page-note' }, none)]));
    },
  };
}
