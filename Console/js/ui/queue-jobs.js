/** The jobs of one queue in one state; those who may act do them again, drop them, or replay all that gave up. */
import { h, setText } from './dom.js';
import { button, whileBusy } from './buttons.js';
import { formDialog } from './dialog.js';
import { radioGroup } from './forms.js';
import { sentenceFor } from './errors.js';
import { table } from './table.js';
import { plural, t, word } from '../i18n.js';
import { movesOf } from '../pure/queues.js';

const STATES = ['dead', 'waiting', 'delayed', 'running', 'done'];
/** Numbers come once a second; a list that moves that fast nobody can read. */
const STIR_MILLISECONDS = 2_000;
const MOST = 50;

/** @param {object} app @param {{changed: () => void}} options told when something was done */
export function queueJobs(app, { changed }) {
  const mayAct = app.session.can('manage_system');
  let queue = null;
  let timer = 0;
  let gone = false;
  let run = 0;
  const heading = h('h2', { tabindex: '-1' });
  const note = h('p', { class: 'page-note' });
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const list = h('div');
  const which = radioGroup({
    legend: t('queues.state'),
    name: 'state',
    value: 'dead',
    className: 'segments',
    options: STATES.map((value) => ({ value, content: [t(`jobState.${value}`)] })),
  });
  which.addEventListener('change', load);
  const replay = button({ label: t('queues.replay'), icon: 'up', on: { click: () => whileBusy(replay, askReplay) } });
  const element = h(
    'section',
    { class: 'panel stack queue-jobs', 'aria-label': t('queues.jobs'), hidden: true },
    heading, note, which, problem, list, h('div', { class: 'record-actions' }, replay),
  );

  function say(text) {
    setText(problem, text);
    problem.hidden = !text;
  }

  /** The moment that matters in each state. */
  function time(job) {
    if (job.state === 'dead' || job.state === 'done') return job.finishedAt;
    if (job.state === 'running') return job.startedAt;
    return job.state === 'delayed' ? job.dueAt : job.createdAt;
  }

  async function act(move, job) {
    try {
      await app.api.queues[move](job.id);
      app.toasts.good(t(`queues.${move}Done`));
      say('');
    } catch (error) {
      say(sentenceFor(error));
    }
    await load();
    changed();
    heading.focus({ preventScroll: true });
  }

  const moves = (job) => movesOf(job.state).map((move) => {
    const press = button({
      label: t(`queues.${move}`),
      kind: move === 'cancel' ? 'danger' : 'plain',
      'aria-label': t(`queues.${move}Spoken`, { kind: job.kind, time: app.time.full(time(job)) }),
      on: { click: () => whileBusy(press, () => act(move, job)) },
    });
    return press;
  });

  function row(job) {
    const why = job.reason && h('p', { class: 'job-reason' }, job.reason);
    return {
      dataset: { jobId: job.id, state: job.state },
      cells: [
        [job.kind, why],
        word('jobPriority', job.priority),
        job.maxAttempts === null ? String(job.attempts)
          : t('queues.ofMost', { count: job.attempts, most: job.maxAttempts }),
        app.time.full(time(job)),
        ...(mayAct ? [h('div', { class: 'row-actions' }, moves(job))] : []),
      ],
    };
  }

  async function load() {
    if (!queue) return;
    clearTimeout(timer);
    timer = 0;
    run += 1;
    const mine = run;
    const state = which.read();
    try {
      const { data: rows, page } = await app.api.queues.jobs(queue.queue, state, MOST);
      if (gone || mine !== run) return;
      say('');
      replay.hidden = !mayAct || state !== 'dead' || rows.length === 0;
      if (rows.length === 0) return list.replaceChildren(h('p', { class: 'page-note' }, t(`queues.none.${state}`)));
      const heads = ['kind', 'priority', 'tries', `time.${state}`, ...(mayAct ? ['act'] : [])];
      list.replaceChildren(table({
        caption: t('queues.jobs'),
        heads: heads.map((key) => t(`queues.${key}`)),
        rows: rows.map(row),
      }), page?.next ? h('p', { class: 'page-note' }, t('queues.newest', { count: rows.length })) : '');
    } catch (error) {
      if (gone || mine !== run) return;
      say(sentenceFor(error));
      list.querySelector(':scope > .page-note')?.remove(); // nothing is loading any more
    }
  }

  async function askReplay() {
    let answer = null;
    const isDone = await formDialog({
      title: t('queues.replayTitle', { name: queue.queue }),
      intro: t('queues.replayIntro'),
      rows: [],
      submitLabel: t('queues.replay'),
      submit: async () => {
        answer = await app.api.queues.replay(queue.queue);
      },
      onError: sentenceFor,
      fallbackFocus: () => heading.focus(),
    });
    if (!isDone) return;
    app.toasts.good(plural('queues.replayed', answer?.replayed ?? 0));
    await load();
    changed();
  }

  return {
    element,
    show(next, { focus }) {
      queue = next;
      element.hidden = false;
      setText(heading, queue.queue);
      setText(note, queue.purpose ?? '');
      note.hidden = !queue.purpose;
      list.replaceChildren(h('p', { class: 'page-note' }, t('record.loading')));
      load();
      if (!focus) return;
      heading.focus({ preventScroll: true });
      element.scrollIntoView({ block: 'nearest' });
    },
    /** Something has moved in the queues. */
    stir() {
      if (queue && timer === 0 && !element.contains(document.activeElement)) timer = setTimeout(load, STIR_MILLISECONDS);
    },
    destroy() {
      gone = true;
      clearTimeout(timer);
    },
  };
}
