/** The ten backup codes, which are seen this once: to keep on paper or in a file. */
import { h } from './dom.js';
import { button } from './buttons.js';
import { t } from '../i18n.js';

/** How long a browser may take to save the file. */
const KEPT_MILLISECONDS = 60_000;

/** @param {object} app @param {string[]} codes @param {() => void} kept */
export function backupCodes(app, codes, kept) {
  const { email } = app.session.current.user;
  const made = t('backup.for', { email, time: app.time.full(app.clock.now()) });
  const copied = h('p', { class: 'field-hint', role: 'status' });

  function download() {
    const text = [t('backup.fileTitle'), made, '', ...codes, ''].join('\r\n');
    const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
    h('a', { href: address, download: 'ward-backup-codes.txt' }).click();
    setTimeout(() => URL.revokeObjectURL(address), KEPT_MILLISECONDS);
  }

  /** Only the sheet goes to the paper. */
  function print() {
    const { dataset } = document.documentElement;
    dataset.printing = 'codes';
    window.addEventListener('afterprint', () => delete dataset.printing, { once: true });
    window.print();
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(codes.join('\n'));
      copied.textContent = t('screens.copied');
    } catch {
      copied.textContent = t('backup.copyByHand'); // plain http, or refused
    }
  }

  const sheet = h(
    'div',
    { class: 'codes-sheet' },
    h('p', { class: 'codes-title' }, t('backup.fileTitle')),
    h('p', { class: 'codes-for' }, made),
    h('ol', { class: 'backup-codes' }, codes.map((code) => h('li', {}, h('code', {}, code)))),
  );
  return h(
    'div',
    // A single key must not lead away from what is seen only once.
    { class: 'panel-body', on: { keydown: (event) => event.stopPropagation() } },
    h('p', { class: 'form-good', role: 'status', tabindex: '-1', 'data-first': true }, t('backup.intro')),
    sheet,
    h(
      'div',
      { class: 'account-actions' },
      button({ label: t('backup.download'), icon: 'down', on: { click: download } }),
      button({ label: t('backup.print'), icon: 'print', on: { click: print } }),
      button({ label: t('backup.copy'), icon: 'copy', on: { click: copy } }),
    ),
    copied,
    h('div', { class: 'account-actions' }, button({
      label: t('backup.kept'), icon: 'check', kind: 'primary', on: { click: kept },
    })),
  );
}
