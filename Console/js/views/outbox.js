/** The letters that a development Ward keeps instead of sending them. */
import { h } from '../ui/dom.js';
import { button, whileBusy } from '../ui/buttons.js';
import { accountPage } from '../ui/account-page.js';
import { sentenceFor } from '../ui/errors.js';
import { letterParts } from '../pure/letters.js';
import { t } from '../i18n.js';

/** @param {object} app */
export function outboxView(app) {
  const list = h('div', { class: 'letters', 'aria-live': 'polite' }, h('p', {}, t('record.loading')));
  const again = button({ label: t('outbox.again'), on: { click: () => whileBusy(again, load) } });
  const page = accountPage(app, 'outbox', h('div', {}, again), list);
  load();
  return page;

  function piece({ text, path }) {
    return path ? h('a', { href: path, target: '_blank', rel: 'noopener noreferrer' }, text) : text;
  }

  function letter({ id, to, subject, text, createdAt }) {
    return h(
      'article',
      { class: 'panel letter', dataset: { letterId: id } },
      h('h2', {}, subject),
      h('p', { class: 'device-facts' }, t('outbox.facts', { to, time: app.time.full(createdAt) })),
      h('div', { class: 'letter-text' }, letterParts(text).map(piece)),
    );
  }

  async function load() {
    try {
      const { letters } = await app.api.outbox();
      list.replaceChildren(...letters.length > 0 ? letters.map(letter) : [h('p', {}, t('outbox.none'))]);
    } catch (error) {
      list.replaceChildren(h('p', { class: 'form-problem', role: 'alert' }, sentenceFor(error)));
    }
  }
}
