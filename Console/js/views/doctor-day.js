/** A doctor's day: who is here, who waits, who is still to come; visits begin and end here. */
import { h, link, setText } from '../ui/dom.js';
import { button, whileBusy } from '../ui/buttons.js';
import { dayPicker } from '../ui/day-picker.js';
import { deskPage } from '../ui/desk-pages.js';
import { runVisitAction } from '../ui/visit-actions.js';
import { openVisit } from '../ui/visit-dialog.js';
import { serviceText, spanOf, stateTag } from '../ui/visit-words.js';
import { sentenceFor } from '../ui/errors.js';
import { followVisits, redraw } from '../app/visits.js';
import { actionsOf, dayParts, nextStep } from '../pure/appointments.js';
import { t } from '../i18n.js';

const NONE = { now: 'doctorDay.noneNow', waiting: 'doctorDay.noneWaiting', later: 'doctorDay.noneLater' };

/** @param {object} app */
export function doctorDayView(app) {
  let gone = false;
  let turn = 0;
  let services = [];
  let names = new Map();
  let visits = [];
  const me = app.session.current?.user.id;
  const picker = dayPicker(app, reload);
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const body = h('div', { class: 'stack' }, h('p', { class: 'page-note' }, t('record.loading')));
  const frame = deskPage(app, 'doctorDay', picker.element, problem, body);

  const nameOf = (visit) => names.get(visit.patientId)?.name ?? t('visit.kept');

  function say(text) {
    setText(problem, text);
    problem.hidden = !text;
  }

  async function run(action, visit) {
    if (await runVisitAction(app, action, visit, nameOf(visit))) await reload();
  }

  function buttonsOf(visit) {
    const values = { name: nameOf(visit), time: app.time.minute(visit.startsAt) };
    const [first] = actionsOf(visit, app.session.can);
    const isVisit = first === 'start' || first === 'complete';
    return h(
      'div',
      { class: 'row-buttons' },
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
    return h(
      'li',
      { class: 'visit', dataset: { appointmentId: visit.id, status: visit.status } },
      h('span', { class: 'visit-time' }, spanOf(app, visit)),
      h(
        'div',
        { class: 'visit-who' },
        link(`/patients/${visit.patientId}`, { class: 'row-name' }, nameOf(visit)),
        h('span', { class: 'row-note' }, serviceText(visit, services)),
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

  async function reload() {
    const mine = (turn += 1);
    try {
      const [found, known] = await Promise.all([
        app.api.appointments({ ...picker.span(), doctorId: me }),
        services.length > 0 ? services : app.api.services(),
      ]);
      const people = await app.api.patientNames(found.map((each) => each.patientId));
      if (gone || mine !== turn) return;
      [visits, services, names] = [found, known, people];
      say('');
      redraw(body, ...Object.entries(dayParts(visits)).map(partOf).filter(Boolean));
    } catch (error) {
      if (!gone && mine === turn) say(sentenceFor(error));
    }
  }

  reload();
  const stop = followVisits(app, reload);
  return { ...frame, keys: {}, destroy() { gone = true; stop(); } };
}
