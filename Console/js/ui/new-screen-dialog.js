/** Shows a new ward screen's link. It can be seen this once; Ward keeps only its hash. */
import { h } from './dom.js';
import { button } from './buttons.js';
import { openDialog } from './dialog.js';
import { t } from '../i18n.js';

/** @param {object} app @param {string} name @param {string} token */
export function showNewScreen(app, name, token) {
  const address = `${location.origin}/screen#token=${encodeURIComponent(token)}`;
  const box = h(
    'textarea',
    {
      class: 'screen-link',
      rows: 3,
      readonly: true,
      'aria-label': t('screens.link'),
      'data-first': true,
      value: address,
    },
  );
  const copied = h('p', { class: 'field-hint', role: 'status' });

  async function copy() {
    box.select();
    try {
      await navigator.clipboard.writeText(address);
      copied.textContent = t('screens.copied');
    } catch {
      copied.textContent = t('screens.copyByHand'); // plain http, or refused: the text is selected
    }
  }

  openDialog({
    title: t('screens.createdTitle', { name }),
    className: 'dialog-wide',
    fallbackFocus: () => app.focusMain(),
    body: (close) => [
      h('div', { class: 'dialog-form' }, h('p', { class: 'dialog-intro' }, t('screens.createdIntro')), box, copied,
        h('div', { class: 'dialog-actions' }, button({
          label: t('screens.copy'),
          icon: 'copy',
          kind: 'primary',
          on: { click: copy },
        }),
          button({ label: t('common.done'), kind: 'quiet', on: { click: close } }))),
    ],
  });
}
