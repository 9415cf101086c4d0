/** Shows a secret that is told once: to be copied, by button or by hand. */
import { h } from './dom.js';
import { button } from './buttons.js';
import { openDialog } from './dialog.js';
import { t } from '../i18n.js';

/** @param {{title: string, intro: string, label: string, secret: string}} options */
export function showSecret({ title, intro, label, secret }) {
  const box = h('textarea', {
    class: 'screen-link', rows: 2, readonly: true, 'aria-label': label, 'data-first': true, value: secret,
  });
  const copied = h('p', { class: 'field-hint', role: 'status' });

  async function copy() {
    box.select();
    try {
      await navigator.clipboard.writeText(secret);
      copied.textContent = t('screens.copied');
    } catch {
      copied.textContent = t('keys.copyByHand'); // plain http, or refused: the text is selected
    }
  }

  openDialog({
    title,
    body: (close) => [
      h(
        'div',
        { class: 'dialog-form' },
        h('p', { class: 'dialog-intro' }, intro),
        box,
        copied,
        h(
          'div',
          { class: 'dialog-actions' },
          button({ label: t('backup.copy'), icon: 'copy', on: { click: copy } }),
          button({ label: t('keys.kept'), icon: 'check', kind: 'primary', on: { click: close } }),
        ),
      ),
    ],
  });
}
