/** A table that stands as cards on a phone; a wide one scrolls by itself and can be reached by keyboard. */
import { h } from './dom.js';

/**
 * @param {object} options
 * @param {string} options.caption said to screen readers
 * @param {string[]} options.heads @param {{cells: (Node|string|null)[], dataset?: object}[]} options.rows
 *   the first cell of a row names it
 */
export function table({ caption, heads, rows, className = 'table-cards' }) {
  const cellOf = (cell, index) => (index === 0
    ? h('th', { scope: 'row' }, cell)
    : h('td', { dataset: { head: heads[index] } }, cell));
  return h(
    'div',
    { class: 'table-scroll table-room', tabindex: '0', role: 'region', 'aria-label': caption },
    h(
      'table',
      { class: `table ${className}` },
      h('caption', { class: 'spoken' }, caption),
      h('thead', {}, h('tr', {}, heads.map((head) => h('th', { scope: 'col' }, head)))),
      h('tbody', {}, rows.map(({ cells, ...props }) => h('tr', props, cells.map(cellOf)))),
    ),
  );
}
