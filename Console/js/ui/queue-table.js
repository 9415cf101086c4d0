/** The queues, a line each; the numbers change in place, so that nothing jumps under a finger or a screen reader. */
import { h, setText } from './dom.js';
import { table } from './table.js';
import { t } from '../i18n.js';
import { isStirring, spanText } from '../pure/queues.js';

const COLUMNS = {
  waiting: (queue) => String(queue.waiting),
  running: (queue) => t('queues.ofMost', { count: queue.running, most: queue.concurrency }),
  workers: (queue) => String(queue.workers),
  delayed: (queue) => String(queue.delayed),
  dead: (queue) => String(queue.dead),
  oldestSeconds: (queue) => (queue.waiting > 0 ? spanText(queue.oldestSeconds) : '–'),
  doneLastHour: (queue) => String(queue.doneLastHour),
  failedLastHour: (queue) => String(queue.failedLastHour),
  start: (queue) => (queue.p95StartMilliseconds === null ? '–' : `≤ ${spanText(queue.p95StartMilliseconds / 1000)}`),
};

/** On a telephone only what is something is shown. */
const isNothing = (text) => /^(0|–|0 .*)$/.test(text);

/** @param {{choose: (name: string) => void}} options */
export function queueTable({ choose }) {
  const only = h('input', { type: 'checkbox', checked: true, on: { change: () => draw() } });
  const host = h('div');
  let queues = [];
  let chosen = null;
  let shown = '';
  const element = h(
    'div',
    { class: 'stack' },
    h('label', { class: 'check' }, only, h('span', {}, t('queues.only'))),
    host,
  );

  function row(queue) {
    const open = h('button', {
      type: 'button', class: 'row-link', 'aria-pressed': String(queue.queue === chosen),
      on: { click: () => choose(queue.queue) },
    }, queue.queue);
    const cells = Object.entries(COLUMNS).map(([key, text]) =>
      h('span', { dataset: { number: key, zero: String(isNothing(text(queue))) } }, text(queue)));
    return { dataset: { queue: queue.queue, dead: String(queue.dead > 0) }, cells: [open, ...cells] };
  }

  function draw() {
    const rows = queues.filter((queue) => !only.checked || isStirring(queue) || queue.queue === chosen);
    const names = rows.map((queue) => queue.queue).join(' ');
    if (names !== shown || host.childElementCount === 0) {
      shown = names;
      host.replaceChildren(rows.length === 0 ? h('p', { class: 'page-note' }, t('queues.quiet')) : table({
        caption: t('queues.list'),
        heads: [t('queues.name'), ...Object.keys(COLUMNS).map((key) => t(`queues.${key}`))],
        rows: rows.map(row),
        className: 'table-cards queue-table',
      }));
      return;
    }
    for (const queue of rows) {
      const line = host.querySelector(`tr[data-queue="${CSS.escape(queue.queue)}"]`);
      line.dataset.dead = String(queue.dead > 0);
      for (const [key, text] of Object.entries(COLUMNS)) {
        const cell = line.querySelector(`[data-number="${key}"]`);
        setText(cell, text(queue));
        cell.dataset.zero = String(isNothing(text(queue)));
      }
    }
  }

  return {
    element,
    show(next, name) {
      queues = next;
      chosen = name;
      draw();
    },
    /** Marks the queue whose jobs are shown. */
    mark(name) {
      chosen = name;
      draw();
      for (const press of host.querySelectorAll('.row-link')) {
        press.setAttribute('aria-pressed', String(press.closest('tr').dataset.queue === name));
      }
    },
  };
}
