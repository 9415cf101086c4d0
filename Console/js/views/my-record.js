/** A patient's own record, and who has seen it. */
import { h } from '../ui/dom.js';
import { accessLog } from '../ui/access-log.js';
import { flagMarks } from '../ui/patient-flags.js';
import { patientFacts } from '../ui/patient-facts.js';
import { patientPage } from '../ui/patient-pages.js';
import { vitalsPanel } from '../ui/vitals-panel.js';
import { sentenceFor } from '../ui/errors.js';
import { t } from '../i18n.js';

/** @param {object} app */
export function myRecordView(app) {
  let gone = false;
  let vitals = null;
  const body = h('div', {}, h('p', { class: 'page-note' }, t('record.loading')));
  const frame = patientPage(app, 'myRecord', body);

  async function load() {
    try {
      const record = await app.api.myRecord();
      if (gone) return;
      vitals = vitalsPanel(app, { load: app.api.myVitals, current: null, recordFor: null });
      const log = accessLog(app, app.api.myAccessLog);
      body.replaceChildren(
        h('div', { class: 'flags' }, flagMarks(record.flags)),
        h(
          'div',
          { class: 'patient-columns' },
          h('div', { class: 'stack' }, vitals.element, h(
            'section',
            { class: 'panel my-access' },
            h('h2', {}, t('access.mine')),
            h('p', { class: 'page-note' }, t('access.mineIntro')),
            log.element,
          )),
          patientFacts(app, record),
        ),
      );
      log.load();
    } catch (error) {
      body.replaceChildren(h('p', { class: 'form-problem', role: 'alert' }, sentenceFor(error)));
    }
  }

  load();
  return {
    ...frame,
    keys: {},
    destroy() {
      gone = true;
      vitals?.destroy();
    },
  };
}
