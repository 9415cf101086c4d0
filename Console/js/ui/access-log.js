/** Who has seen or changed a record, the last first, page by page. */
import { h } from './dom.js';
import { pager } from './pager.js';
import { table } from './table.js';
import { sentenceFor } from './errors.js';
import { t, word } from '../i18n.js';

const PAGE_SIZE = 25;

/** @param {object} app @param {(page: number) => Promise<{data: object[], page: object}>} ask */
export function accessLog(app, ask) {
  const body = h('div', {}, h('p', { class: 'page-note' }, t('record.loading')));
  const pages = pager(load);
  const element = h('div', { class: 'stack' }, body, pages.element);
  pages.element.hidden = true;

  const row = (access) => ({
    dataset: { accessId: access.id },
    cells: [
      app.time.moment(access.occurredAt),
      access.actorName ?? word('actor', access.actorKind),
      word('role', access.actorRole),
      word('access', access.action),
    ],
  });

  async function load(page = 1) {
    try {
      const answer = await ask(page);
      const heads = ['time', 'person', 'role', 'action'].map((key) => t(`access.head.${key}`));
      const total = answer.page?.total ?? answer.data.length;
      body.replaceChildren(answer.data.length > 0
        ? table({ caption: t('access.title'), heads, rows: answer.data.map(row) })
        : h('p', { class: 'page-note' }, t('access.none')));
      pages.show({ page, pages: Math.ceil(total / PAGE_SIZE), total });
      pages.element.hidden = false;
    } catch (error) {
      body.replaceChildren(h('p', { class: 'form-problem', role: 'alert' }, sentenceFor(error)));
    }
  }

  return { element, load };
}

/** The same, folded until somebody asks: looking is itself work for the server. */
export function foldedAccessLog(app, ask) {
  const log = accessLog(app, ask);
  let asked = false;
  return h(
    'details',
    {
      class: 'panel fold',
      on: {
        toggle: (event) => {
          if (!event.target.open || asked) return;
          asked = true;
          log.load();
        },
      },
    },
    h('summary', {}, t('access.title')),
    log.element,
  );
}
