/** The hospital's mails but those about alerts: how each stands and why. Neither words nor addresses are shown. */
import { h, setText } from '../ui/dom.js';
import { button, whileBusy } from '../ui/buttons.js';
import { reasonText } from '../ui/reason-text.js';
import { sentenceFor } from '../ui/errors.js';
import { setupPage } from '../ui/setup-page.js';
import { table } from '../ui/table.js';
import { plural, t, word } from '../i18n.js';

/** @param {object} app */
export function mailsView(app) {
  let gone = false;
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const list = h('div', { 'aria-live': 'polite' }, h('p', { class: 'page-note' }, t('record.loading')));
  const again = button({ label: t('outbox.again'), on: { click: () => whileBusy(again, load) } });
  const page = setupPage(app, 'mails', h('div', {}, again), problem, list);

  function row(mail) {
    const why = [mail.reason && reasonText(mail.reason), mail.attempts > 1 && plural('deliveries.tries', mail.attempts)];
    return {
      dataset: { mailId: mail.id, status: mail.status },
      cells: [
        word('message', mail.template),
        [
          h('span', { class: 'state-tag', dataset: { state: mail.status } }, word('deliveryStatus', mail.status)),
          ' ',
          h('span', { class: 'device-facts' }, why.filter(Boolean).join(' · ')),
        ],
        app.time.full(mail.queuedAt),
        app.time.full(mail.sentAt ?? mail.failedAt),
      ],
    };
  }

  async function load() {
    try {
      const mails = await app.api.mails();
      if (gone) return;
      problem.hidden = true;
      list.replaceChildren(mails.length === 0 ? h('p', { class: 'page-note' }, t('mails.none')) : h(
        'div',
        { class: 'panel' },
        table({
          caption: t('mails.title'),
          heads: ['message', 'state', 'asked', 'ended'].map((key) => t(`mails.${key}`)),
          rows: mails.map(row),
        }),
      ));
    } catch (error) {
      if (gone) return;
      setText(problem, sentenceFor(error));
      problem.hidden = false;
      list.querySelector(':scope > .page-note')?.remove(); // nothing is loading any more
    }
  }

  load();
  return { ...page, keys: {}, destroy: () => { gone = true; } };
}
