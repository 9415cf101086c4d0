/** All queues together in a few numbers. */
import { h, setText } from './dom.js';
import { t } from '../i18n.js';
import { rate } from '../pure/figures.js';
import { spanText, totals } from '../pure/queues.js';

const TILES = ['waiting', 'oldestSeconds', 'running', 'workers', 'delayed', 'dead', 'doneLastHour', 'rate'];

export function queueTiles() {
  const values = new Map(TILES.map((key) => [key, h('dd', {}, '–')]));
  const tiles = new Map(TILES.map((key) => [
    key,
    h('div', { class: 'figure-tile', dataset: { tile: key } }, h('dt', {}, t(`queues.${key}`)), values.get(key)),
  ]));
  return {
    element: h('dl', { class: 'figure-tiles queue-tiles' }, [...tiles.values()]),
    /** @param {object[]} queues @param {number} perSecond how many were done a second in the last minute */
    show(queues, perSecond) {
      const all = totals(queues);
      const special = { oldestSeconds: spanText(all.oldestSeconds), rate: rate(perSecond) };
      for (const key of TILES) setText(values.get(key), special[key] ?? String(all[key]));
      tiles.get('dead').toggleAttribute('data-bad', all.dead > 0);
    },
  };
}
