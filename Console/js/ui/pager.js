/** Goes through a long list page by page: back, on, and where we are. */
import { h, setText } from './dom.js';
import { button } from './buttons.js';
import { t, plural } from '../i18n.js';

/** @param {(page: number) => void} go */
export function pager(go) {
  let now = 1;
  const back = button({ label: t('pager.back'), on: { click: () => go(now - 1) } });
  const on = button({ label: t('pager.next'), on: { click: () => go(now + 1) } });
  const where = h('p', { class: 'pager-where', role: 'status' });
  const element = h('nav', { class: 'pager', 'aria-label': t('pager.label') }, where, back, on);
  return {
    element,
    /** @param {{page: number, pages: number, total: number, isMore?: boolean}} place isMore: counting stopped at total */
    show({ page, pages, total, isMore = false }) {
      now = page;
      const many = pages > 1;
      const found = isMore ? t('pager.foundMore', { count: total }) : plural('pager.found', total);
      setText(where, found + (many ? ` ${t('pager.page', { page, pages })}` : ''));
      back.hidden = on.hidden = !many;
      back.disabled = page <= 1;
      on.disabled = page >= pages;
    },
  };
}
