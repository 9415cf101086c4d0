/** Carries out what is done with a visit: asks what has to be asked, sends it, says how it went. */
import { h } from './dom.js';
import { field, showFieldErrors } from './forms.js';
import { formDialog } from './dialog.js';
import { selectOf } from './choices.js';
import { conflictAnswer, isConflict } from './conflict-answer.js';
import { timeField } from './time-field.js';
import { sentenceFor } from './errors.js';
import { newKey } from '../net/keys.js';
import { nextQuarter } from '../pure/appointments.js';
import { t } from '../i18n.js';

const CAUSES = ['patient', 'doctor', 'clinic', 'other'];

function wrongAt(rows, error) {
  const left = showFieldErrors(rows, error.fields);
  return error.fields.length > 0 && left.length === 0 ? null : left.join(' ') || sentenceFor(error);
}

function askMissed(app, visit, name) {
  const key = newKey();
  return formDialog({
    title: t('visit.ask.noShow', { name }),
    intro: t('visit.ask.noShowIntro'),
    rows: [],
    submitLabel: t('visit.do.noShow'),
    kind: 'danger',
    submit: () => app.api.stepAppointment(visit.id, 'noShow', key),
    onError: sentenceFor,
    fallbackFocus: () => app.focusMain(),
  });
}

function askCancel(app, visit, name) {
  const key = newKey();
  const cause = selectOf(CAUSES.map((value) => ({ value, text: t(`visit.cause.${value}`) })), 'patient');
  const reason = h('textarea', { rows: 3, maxlength: 500 });
  const rows = [
    field({ label: t('visit.ask.cause'), name: 'cause', control: cause }),
    field({ label: t('visit.ask.reason'), name: 'reason', control: reason }),
  ];
  return formDialog({
    title: t('visit.ask.cancel', { name }),
    intro: t('visit.ask.cancelIntro', { time: app.time.moment(visit.startsAt) }),
    rows,
    submitLabel: t('visit.ask.cancelSubmit'),
    kind: 'danger',
    submit: async () => {
      const text = reason.value.trim();
      showFieldErrors(rows, text ? [] : [{ path: 'reason', message: t('visit.ask.reasonMissing') }]);
      if (!text) return false;
      await app.api.cancelAppointment(visit.id, { cause: cause.value, reason: text }, key);
      return true;
    },
    onError: (error) => wrongAt(rows, error),
    fallbackFocus: () => app.focusMain(),
  });
}

/** Another time with the same doctor. @returns {Promise<boolean>} */
function askMove(app, visit, name) {
  const doctor = () => visit.doctorId;
  const length = Math.round((Date.parse(visit.endsAt) - Date.parse(visit.startsAt)) / 60_000);
  const start = Math.max(Date.parse(visit.startsAt), nextQuarter(app.clock.now()));
  const time = timeField(app, { start, doctor, minutes: () => length });
  const rows = [time];
  let overrideReason = null;
  const send = () => conflict.element.closest('form').requestSubmit();
  const conflict = conflictAnswer(app, {
    doctorName: () => '',
    take: (alternative) => {
      time.write(Date.parse(alternative.startsAt));
      send();
    },
    override: (reason) => {
      overrideReason = reason;
      send();
    },
  });
  time.refresh();
  return formDialog({
    title: t('visit.ask.move', { name }),
    intro: t('visit.ask.moveIntro', { time: app.time.moment(visit.startsAt) }),
    rows: [time, conflict.element],
    submitLabel: t('visit.do.move'),
    submit: async () => {
      conflict.hide();
      const startsAt = time.read();
      showFieldErrors(rows, startsAt ? [] : [{ path: 'startsAt', message: t('booking.timeMissing') }]);
      if (!startsAt) return false;
      const body = { startsAt, version: visit.version, ...(overrideReason ? { overrideReason } : {}) };
      overrideReason = null;
      const moved = await app.api.moveAppointment(visit.id, body);
      visit.startsAt = moved.startsAt;
      return true;
    },
    onError: (error) => {
      if (!isConflict(error)) return wrongAt(rows, error);
      conflict.show(error);
      return null;
    },
    fallbackFocus: () => app.focusMain(),
  });
}

const QUESTIONS = { move: askMove, cancel: askCancel, noShow: askMissed };

/**
 * @param {object} app @param {string} action as in `actionsOf` @param {object} visit @param {string} name of the patient
 * @returns {Promise<boolean>} whether something may have changed
 */
export async function runVisitAction(app, action, visit, name) {
  const changed = { ...visit };
  try {
    const ask = QUESTIONS[action];
    if (ask && !(await ask(app, changed, name))) return false;
    if (!ask) await app.api.stepAppointment(visit.id, action);
  } catch (error) {
    app.toasts.bad(sentenceFor(error));
    return error.status === 409 || error.status === 404;
  }
  app.toasts.good(t(`visit.did.${action}`, { name, time: app.time.moment(changed.startsAt) }));
  return true;
}
