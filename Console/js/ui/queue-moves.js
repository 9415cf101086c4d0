/** How somebody stands in a doctor's queue, and how he is moved in it: by buttons, or with Alt and an arrow key. */
import { h } from './dom.js';
import { button, whileBusy } from './buttons.js';
import { formDialog } from './dialog.js';
import { sentenceFor } from './errors.js';
import { newKey } from '../net/keys.js';
import { orderAfter, waitingIn } from '../pure/day-queue.js';
import { t } from '../i18n.js';

/** Number, place, minutes; an emergency by its word. @param {object} entry */
export function queueMarks({ number, state, position, waitMinutes, isEmergency }) {
  const where = waitMinutes > 0 ? t('queue.wait', { place: position, count: waitMinutes }) : t('queue.place', { place: position });
  return [
    h('strong', { class: 'queue-number' }, t('queue.number', { number })),
    h('span', { class: 'row-note' }, state === 'waiting' ? where : t('queue.with')),
    isEmergency && h('span', { class: 'flag' }, t('queue.emergency')),
  ];
}

/**
 * What moves people in a queue. Each change answers with the whole queue as it is then.
 * @param {object} app
 * @param {{taken: (queue: object) => void, again: () => Promise<void>}} options `again` where somebody else was faster
 */
export function queueMover(app, { taken, again }) {
  async function change(work, said) {
    try {
      const queue = await work();
      taken(queue);
      app.announcer.polite(said(queue));
    } catch (error) {
      app.toasts.bad(error.status === 409 ? t('queue.changed') : sentenceFor(error));
      if (error.status === 409 || error.status === 404) await again();
    }
  }

  async function step(queue, entry, by, name) {
    const entryIds = orderAfter(queue, entry.id, by);
    if (!entryIds) return;
    const { doctorId, date, version } = queue;
    await change(
      () => app.api.reorderQueue(doctorId, { date, version, entryIds }),
      () => t('queue.moved', { name, place: entryIds.indexOf(entry.id) + 1 }),
    );
  }

  async function front(entry, name) {
    const key = newKey();
    let queue = null;
    const done = await formDialog({
      title: t('queue.askFront', { name }),
      intro: t('queue.askFrontIntro'),
      rows: [],
      submitLabel: t('queue.front'),
      kind: 'danger',
      submit: async () => {
        queue = await app.api.bringForward(entry.id, key);
      },
      onError: sentenceFor,
      fallbackFocus: () => app.focusMain(),
    });
    if (!done) return;
    taken(queue);
    app.toasts.good(t('queue.didFront', { name }));
  }

  /** A button that stays where the focus is even when there is nowhere to go any more. */
  function arrow(queue, entry, name, by) {
    const word = by < 0 ? 'up' : 'down';
    const isEnd = orderAfter(queue, entry.id, by) === null;
    return button({
      label: by < 0 ? '↑' : '↓',
      class: 'queue-arrow',
      title: t(`queue.${word}`),
      'aria-label': t(`queue.${word}Spoken`, { name, number: entry.number }),
      'aria-disabled': isEnd ? 'true' : null,
      dataset: { key: `${word} ${entry.id}` },
      on: { click: (event) => !isEnd && whileBusy(event.currentTarget, () => step(queue, entry, by, name)) },
    });
  }

  return {
    /** @returns {Node[]} nothing for who does not wait, or where the order is not this person's business */
    buttons(queue, entry, name) {
      if (entry.state !== 'waiting' || !app.session.can('manage_appointments')) return [];
      return [
        ...(waitingIn(queue).length > 1 ? [arrow(queue, entry, name, -1), arrow(queue, entry, name, 1)] : []),
        !entry.isEmergency && waitingIn(queue).length > 1 && button({
          label: t('queue.front'),
          kind: 'quiet',
          'aria-label': t('queue.frontSpoken', { name, number: entry.number }),
          'aria-haspopup': 'dialog',
          dataset: { key: `front ${entry.id}` },
          on: { click: () => front(entry, name) },
        }),
      ].filter(Boolean);
    },
    /** The same by keyboard, wherever the focus is inside the row. */
    keys: (queue, entry, name) => ({
      keydown: (event) => {
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!by || !event.altKey || entry.state !== 'waiting' || !app.session.can('manage_appointments')) return;
        event.preventDefault();
        step(queue, entry, by, name);
      },
    }),
  };
}
