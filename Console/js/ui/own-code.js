/** For a patient who has come: the code that the desk checks him in by, as a picture and to be read out. */
import { h } from './dom.js';
import { button } from './buttons.js';
import { openDialog } from './dialog.js';
import { qrPicture } from './qr-code.js';
import { sentenceFor } from './errors.js';
import { canArrive } from '../pure/appointments.js';
import { t } from '../i18n.js';

async function showCode(app, visit) {
  try {
    const { code, expiresAt } = await app.api.ownCheckInCode(visit.id);
    const dialog = openDialog({
      title: t('ownCode.title'),
      fallbackFocus: () => app.focusMain(),
      body: (close) => [h(
        'div',
        { class: 'dialog-form own-code' },
        h('p', { class: 'dialog-intro' }, t('ownCode.intro', { time: app.time.minute(expiresAt) })),
        qrPicture(code, t('ownCode.picture')),
        h('textarea', { class: 'screen-link', rows: 2, readonly: true, 'aria-label': t('ownCode.label'), value: code }),
        h('div', { class: 'dialog-actions' }, button({ label: t('common.done'), kind: 'primary', on: { click: close } })),
      )],
    });
    // Taken at the desk: there is nothing to show any more.
    const stop = app.news.on(({ name, data }) => {
      if (name === 'appointment:updated' && data?.appointmentId === visit.id) dialog.close();
    });
    dialog.addEventListener('close', stop);
  } catch (error) {
    app.toasts.bad(sentenceFor(error));
  }
}

/** The button for one's own visit of today; null where there is nothing to come to. @param {object} app @param {object} visit */
export function ownCodeButton(app, visit) {
  if (!canArrive(visit, app.clock.now())) return null;
  return button({
    label: t('ownCode.show'),
    icon: 'check',
    'aria-label': t('ownCode.showSpoken', { time: app.time.moment(visit.startsAt) }),
    'aria-haspopup': 'dialog',
    dataset: { key: `code ${visit.id}` },
    on: { click: () => showCode(app, visit) },
  });
}
