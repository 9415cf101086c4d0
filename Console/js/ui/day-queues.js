/** At the desk: who waits for whom on the chosen day, in the order of the queue. */
import { h } from './dom.js';
import { icon } from './icons.js';
import { queueMarks, queueMover } from './queue-moves.js';
import { createQueues } from '../app/queues.js';
import { redraw } from '../app/visits.js';
import { t } from '../i18n.js';

/**
 * @param {object} app
 * @param {{nameOf: (appointmentId: string) => string|null, doctorName: (doctorId: string) => string}} options
 */
export function dayQueues(app, { nameOf, doctorName }) {
  const store = createQueues(app.api);
  let queues = [];
  let asked = {};
  const lists = h('div', { class: 'queue-lists' });
  const hint = h('p', { class: 'field-hint' }, t('queue.hint'));
  const screen = h(
    'a',
    { class: 'button button-quiet', href: '/waiting-room', target: '_blank', rel: 'noopener' },
    icon('screens'),
    h('span', {}, t('waitingRoom.open')),
  );
  const element = h(
    'section',
    { class: 'panel day-queues', 'aria-label': t('queue.title'), hidden: true },
    h('div', { class: 'panel-head' }, h('h2', {}, t('queue.title')), screen),
    lists,
    hint,
  );
  const mover = queueMover(app, {
    taken: (queue) => {
      store.take(queue);
      queues = queues.map((each) => (each.doctorId === queue.doctorId ? queue : each));
      show();
    },
    again: async () => {
      await load(asked);
      show();
    },
  });

  function rowOf(queue, entry) {
    const name = nameOf(entry.appointmentId) ?? t('queue.somebody', { number: entry.number });
    return h(
      'li',
      { class: 'queue-entry', dataset: { entryId: entry.id, state: entry.state }, on: mover.keys(queue, entry, name) },
      h('div', { class: 'visit-marks' }, queueMarks(entry)),
      h('div', { class: 'visit-who' }, h('strong', {}, name),
        h('span', { class: 'row-note' }, t('queue.since', { time: app.time.minute(entry.joinedAt) }))),
      h('div', { class: 'row-buttons' }, mover.buttons(queue, entry, name)),
    );
  }

  function listOf(queue) {
    const title = t('queue.of', { name: doctorName(queue.doctorId) });
    return h(
      'section',
      { dataset: { doctorId: queue.doctorId }, 'aria-label': title },
      h('h3', {}, title),
      h('ol', { class: 'queue-entries' }, queue.entries.map((entry) => rowOf(queue, entry))),
    );
  }

  function show() {
    const busy = queues.filter(({ entries }) => entries.length > 0);
    redraw(lists, ...(busy.length > 0 ? busy.map(listOf) : [h('p', { class: 'page-note' }, t('waitingRoom.none'))]));
    element.hidden = false;
    hint.hidden = !app.session.can('manage_appointments') || !busy.some(({ entries }) => entries.length > 1);
  }

  /** Asks, and shows nothing yet: the page shows all of it at once. @param {{date: string, doctorId?: string}} which */
  async function load(which) {
    asked = which;
    const found = await store.load(which);
    if (asked === which) queues = found;
  }

  return { element, load, show };
}
