/** One visit in full: what was asked, what happened, and everything that can be done with it. */
import { h, link } from './dom.js';
import { button } from './buttons.js';
import { openDialog } from './dialog.js';
import { sentenceFor } from './errors.js';
import { serviceText, stateTag } from './visit-words.js';
import { actionsOf } from '../pure/appointments.js';
import { t, word } from '../i18n.js';

const ENDINGS = new Set(['cancel', 'noShow']);

function factsOf(app, visit, services) {
  const answers = Object.entries(visit.details ?? {})
    .map(([name, value]) => [word('booking.q', name), word('booking.choice', value)]);
  const facts = [
    [t('visit.when'), `${app.time.moment(visit.startsAt)} – ${app.time.minute(visit.endsAt)}`],
    [t('visit.service'), serviceText(visit, services)],
    [t('visit.doctor'), visit.doctorName],
    ...answers,
    [t('visit.override'), visit.overrideReason],
    [t('visit.cancelReason'), visit.cancelReason],
  ];
  return h('dl', { class: 'fact-list' }, facts.filter(([, value]) => value).map(([term, value]) =>
    h('div', {}, h('dt', {}, term), h('dd', { class: 'reason' }, value))));
}

/** What a step is called where it is more than the state that it led to. */
const STEP_WORDS = new Set(['booked', 'moved', 'checked_in', 'in_progress', 'no_show']);

function stepOf(app, { at, step, status, startsAt, actorName }) {
  const name = step === 'moved' || step === 'booked' ? step : status;
  const text = STEP_WORDS.has(name) ? t(`visit.step.${name}`, { time: app.time.moment(startsAt) }) : word('visit.status', name);
  return h('li', {}, [app.time.moment(at), text, actorName].filter(Boolean).join(' · '));
}

/**
 * @param {object} app @param {object} visit as the list has it
 * @param {{name: string, services: object[], run: (action: string) => void}} options
 */
export function openVisit(app, visit, { name, services, run }) {
  const facts = h('div', {}, factsOf(app, visit, services));
  const steps = h('ol', { class: 'visit-steps' });
  const past = h('section', { class: 'stack', hidden: true }, h('h3', {}, t('visit.history')), steps);
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });

  async function load() {
    try {
      const [now, history] = await Promise.all([app.api.appointment(visit.id), app.api.appointmentHistory(visit.id)]);
      facts.replaceChildren(factsOf(app, now, services));
      steps.replaceChildren(...history.map((each) => stepOf(app, each)));
      past.hidden = history.length === 0;
    } catch (error) {
      problem.textContent = sentenceFor(error);
      problem.hidden = false;
    }
  }

  openDialog({
    title: t('visit.title', { name, time: app.time.minute(visit.startsAt) }),
    className: 'dialog-wide',
    fallbackFocus: () => app.focusMain(),
    body: (close) => [h(
      'div',
      { class: 'stack' },
      h('p', {}, stateTag(visit), ' ', app.session.can('view_patients')
        && link(`/patients/${visit.patientId}`, { on: { click: close } }, t('visit.record'))),
      facts,
      problem,
      past,
      h('div', { class: 'dialog-actions' }, actionsOf(visit, app.session.can).map((action) => button({
        label: t(`visit.do.${action}`),
        kind: ENDINGS.has(action) ? 'danger' : 'plain',
        on: {
          click: () => {
            close();
            run(action);
          },
        },
      }))),
    )],
  });
  load();
}
