/** What the board says when there is nothing to list: loading, nothing open, or not to be had. */
import { h } from './dom.js';
import { icon } from './icons.js';
import { sentenceFor } from './errors.js';
import { t } from '../i18n.js';

/** @param {object} app */
export function boardStates(app) {
  const element = h('div', { class: 'board-state', hidden: true });
  let shown = '';

  function message() {
    const { board } = app;
    if (board.failure && !board.loaded) {
      return { key: 'failure', symbol: 'broken', title: t('board.failed'), text: sentenceFor(board.failure) };
    }
    if (!board.loaded) return { key: 'loading', symbol: 'clock', title: t('board.loading'), text: '' };
    const text = t('board.emptyText', { hospital: app.session.current?.hospital?.name ?? '' });
    return { key: 'empty', symbol: 'done', title: t('board.emptyTitle'), text };
  }

  return {
    element,
    /** @param {number} count how many alerts are listed */
    show(count) {
      element.hidden = count > 0;
      const { key, symbol, title, text } = message();
      if (shown === `${key} ${text}`) return;
      shown = `${key} ${text}`;
      element.dataset.state = key;
      element.replaceChildren(
        icon(symbol),
        h('p', { class: 'board-state-title' }, title),
        h('p', { class: 'board-state-text' }, text),
      );
    },
  };
}
