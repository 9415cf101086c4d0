/** A doctor's day: who is here, who waits, who is still to come; visits begin and end here. */
import { h, link, setText } from '../ui/dom.js';
import { button, whileBusy } from '../ui/buttons.js';
import { dayPicker } from '../ui/day-picker.js';
import { deskPage } from '../ui/desk-pages.js';
import { createJoin } from '../ui/join-visit.js';
import { runVisitAction } from '../ui/visit-actions.js';
import { queueMarks, queueMover } from '../ui/queue-moves.js';
import { openVisit } from '../ui/visit-dialog.js';
import { serviceText, spanOf, stateTag } from '../ui/visit-words.js';
import { sentenceFor } from '../ui/errors.js';
import { followVisits, redraw } from '../app/visits.js';
import { createQueues } from '../app/queues.js';
import { actionsOf, dayParts, nextStep } from '../pure/appointments.js';
import { inQueueOrder } from '../pure/day-queue.js';
import { t } from '../i18n.js';

const NONE = { now: 'doctorDay.noneNow', waiting: 'doctorDay.noneWaiting', later: 'doctorDay.noneLater' };

/** @param {object} app */
export function doctorDayView(app) {
  let gone = false;
  let turn = 0;
  let services = [];
  let names = new Map();
  let visits = [];
  let queue = null;
  const store = createQueues(app.api);
  const me = app.session.current?.user.id;
  const picker = dayPicker(app, reload);
  const join = createJoin(app);
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const body = h('div', { class: 'stack' }, h('p', { class: 'page-note' }, t('record.loading')));
  const frame = deskPage(app, 'doctorDay', picker.element, problem, body);

  const mover = queueMover(app, {
    taken: (changed) => {
      store.take(changed);
      queue = changed;
      show();
    },
    again: () => reload(),
  });
  const nameOf = (visit) => names.get(visit.patientId)?.name ?? t('visit.kept');

  function say(text) {
    setText(problem, text);
    problem.hidden = !text;
  }

  async function run(action, visit) {
    if (await runVisitAction(app, action, visit, nameOf(visit))) await reload();
  }

  const entryOf = (visit) => queue?.entries.find(({ appointmentId }) => appointmentId === visit.id) ?? null;

  function buttonsOf(visit) {
    const values = { name: nameOf(visit), time: app.time.minute(visit.startsAt) };
    const [first] = actionsOf(visit, app.session.can);
    const isVisit = first === 'start' || first === 'complete';
    const entry = entryOf(visit);
    return h(
      'div',
      { class: 'row-buttons' },
      entry && mover.buttons(queue, entry, nameOf(visit)),
      join(visit),
      first && first === nextStep(visit) && button({
        label: t(`visit.do.${first}`),
        kind: isVisit ? 'primary' : 'plain',
        'aria-label': t('visit.spoken', { action: t(`visit.do.${first}`), ...values }),
        dataset: { key: `next ${visit.id}` },
        on: { click: (event) => whileBusy(event.currentTarget, () => run(first, visit)) },
      }),
      button({
        label: t('visit.more'),
        kind: 'quiet',
        'aria-label': t('visit.moreSpoken', values),
        'aria-haspopup': 'dialog',
        dataset: { key: `more ${visit.id}` },
        on: { click: () => openVisit(app, visit, { name: nameOf(visit), services, run: (action) => run(action, visit) }) },
      }),
    );
  }

  function itemOf(visit) {
    const since = visit.status === 'checked_in' ? visit.checkedInAt : visit.startedAt;
    const isHere = visit.status === 'checked_in' || visit.status === 'in_progress';
    const entry = entryOf(visit);
    return h(
      'li',
      {
        class: 'visit',
        dataset: { appointmentId: visit.id, status: visit.status },
        on: entry ? mover.keys(queue, entry, nameOf(visit)) : {},
      },
      h('span', { class: 'visit-time' }, spanOf(app, visit)),
      h(
        'div',
        { class: 'visit-who' },
        link(`/visits/${visit.id}`, { class: 'row-name', dataset: { key: `open ${visit.id}` } }, nameOf(visit)),
        h('span', { class: 'row-note' }, serviceText(visit, services)),
        entry && h('span', { class: 'visit-marks' }, queueMarks(entry)),
        h('span', { class: 'visit-marks' }, stateTag(visit), isHere && since
          && h('span', { class: 'row-note' }, t('doctorDay.since', { time: app.time.minute(since) }))),
      ),
      buttonsOf(visit),
    );
  }

  function partOf([part, found]) {
    if (part === 'over' && found.length === 0) return null;
    const title = t(`doctorDay.${part}`);
    return h(
      'section',
      { class: `panel day-part day-${part}`, 'aria-label': title },
      h('h2', {}, `${title}${found.length > 0 ? ` (${found.length})` : ''}`),
      found.length > 0 ? h('ol', { class: 'visits' }, found.map(itemOf)) : h('p', { class: 'page-note' }, t(NONE[part])),
    );
  }

  function show() {
    const parts = Object.entries(dayParts(inQueueOrder(visits, queue)));
    redraw(body, ...parts.map(partOf).filter(Boolean));
  }

  async function reload() {
    const mine = (turn += 1);
    try {
      const [found, known, [line]] = await Promise.all([
        app.api.appointments({ ...picker.span(), doctorId: me }),
        services.length > 0 ? services : app.api.services(),
        store.load({ date: picker.day(), doctorId: me }),
      ]);
      const people = await app.api.patientNames(found.map((each) => each.patientId));
      if (gone || mine !== turn) return;
      [visits, services, names, queue] = [found, known, people, line ?? null];
      say('');
      show();
    } catch (error) {
      if (!gone && mine === turn) say(sentenceFor(error));
    }
  }

  reload();
  const stop = followVisits(app, reload);
  return { ...frame, keys: {}, destroy() { gone = true; stop(); } };
}
