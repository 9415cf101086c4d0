/** Carries out what a person does with an alert: asks what has to be asked, sends it, says how it went. */
import { h } from './dom.js';
import { field, showFieldErrors } from './forms.js';
import { formDialog } from './dialog.js';
import { sentenceFor } from './errors.js';
import { askResponse } from './response-dialog.js';
import { askTransfer } from './transfer-dialog.js';
import { newKey } from '../net/keys.js';
import { t } from '../i18n.js';

const SHORTEST_RESOLUTION = 10;

/** What each action asks before it is sent. `null` sends at once. */
const QUESTIONS = {
  acknowledge: null,
  takeOver: null,
  arrive: null,
  resolve: { name: 'resolution', rows: 4, required: true, longest: 2000 },
  decline: { name: 'reason', rows: 2 },
  withdraw: { name: 'reason', rows: 2 },
  escalate: { confirmOnly: true },
  cancel: { name: 'reason', rows: 2, kind: 'danger', submit: 'ask.cancel.submit' },
};
/** Whoever takes over what was delegated to him acknowledges it. */
const CALLS = { takeOver: 'acknowledge' };

/** @param {object} app @param {string} action @param {object} alert @param {{withNote?: boolean}} options */
export async function runAction(app, action, alert, { withNote = false } = {}) {
  const done = (answer) => finish(app, action, alert, answer);
  if (action === 'come' || (action === 'acknowledge' && withNote)) return askResponse(app, action, alert, { done });
  if (action === 'transfer') return askTransfer(app, alert, { done });
  const question = QUESTIONS[action];
  if (question) return ask(app, action, alert, question);
  try {
    done(await app.api[CALLS[action] ?? action](alert.id, {}));
  } catch (error) {
    fail(app, error);
  }
}

function finish(app, action, alert, answer) {
  // An answer that is an alert is shown at once; the event that follows has the same version and changes nothing.
  if (answer?.id === alert.id && answer.status) app.board.take(answer);
  app.toasts.good(t(`done.${action}`, { room: alert.roomNumber }));
}

/** Somebody was faster, or the alert is gone: show the truth as soon as possible. */
function fail(app, error) {
  app.toasts.bad(sentenceFor(error));
  if (error.status === 409 || error.status === 404) app.board.reload();
}

function ask(app, action, alert, question) {
  const key = newKey();
  const control = question.confirmOnly
    ? null
    : h(
      'textarea',
      { rows: question.rows, maxlength: question.longest ?? 500, autocomplete: 'off', 'data-first': true },
    );
  const row = control && field({
    label: t(`ask.${action}.label`),
    name: question.name,
    hint: question.required ? t('ask.resolve.hint') : undefined,
    optional: !question.required,
    control,
  });

  function body() {
    const text = control?.value.trim() ?? '';
    if (!question.required) return text ? { [question.name]: text } : {};
    if (text.length >= SHORTEST_RESOLUTION) return { [question.name]: text };
    row.setError(t('ask.resolve.short', { count: SHORTEST_RESOLUTION }));
    row.focusControl();
    return null;
  }

  return formDialog({
    title: t(`ask.${action}.title`, { room: alert.roomNumber }),
    intro: t(`ask.${action}.intro`),
    rows: row ? [row] : [],
    submitLabel: t(question.submit ?? `action.${action}`),
    kind: question.kind ?? 'primary',
    fallbackFocus: () => app.focusMain(),
    submit: async () => {
      const content = body();
      if (content === null) return false;
      finish(app, action, alert, await app.api[action](alert.id, content, key));
      return true;
    },
    onError: (error) => {
      if (error.status === 409 || error.status === 404) app.board.reload();
      const left = row ? showFieldErrors([row], error.fields) : [];
      if (error.fields.length > 0 && left.length === 0) return null;
      return left.length > 0 ? left.join(' ') : sentenceFor(error);
    },
  });
}
