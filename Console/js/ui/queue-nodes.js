/** The processes that work on queues: since when, with how many workers, and who leads. */
import { h } from './dom.js';
import { table } from './table.js';
import { t, word } from '../i18n.js';

/** @param {object} app */
export function queueNodes(app) {
  const host = h('div');
  let shown = '';
  return {
    element: h('section', { class: 'panel', 'aria-label': t('queues.nodes') }, h('h2', {}, t('queues.nodes')), host),
    /** @param {{node: string, kind: string, startedAt: string, workers: number, running: number, term: number|null}[]} nodes */
    show(nodes) {
      const rows = nodes.map((node) => ({
        dataset: { node: node.node },
        cells: [
          [word('queues.node', node.kind), ' ', node.term !== null && h('span', { class: 'tag' }, t('queues.leads'))],
          String(node.workers),
          String(node.running),
          app.time.full(node.startedAt),
        ],
      }));
      const now = JSON.stringify(nodes.map(({ seenAt, ...rest }) => rest));
      if (now === shown) return;
      shown = now;
      host.replaceChildren(nodes.length === 0 ? h('p', { class: 'page-note' }, t('queues.noNodes')) : table({
        caption: t('queues.nodes'), heads: ['process', 'workers', 'running', 'since'].map((key) => t(`queues.${key}`)), rows,
      }));
    },
  };
}
