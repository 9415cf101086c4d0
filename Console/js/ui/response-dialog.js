/** Answering an alert with more than a press: what one does, when one is there, who goes instead, how urgent it is. */
import { h } from './dom.js';
import { colleagueField } from './colleagues.js';
import { field, radioGroup, showFieldErrors } from './forms.js';
import { formDialog } from './dialog.js';
import { sentenceFor } from './errors.js';
import { newKey } from '../net/keys.js';
import { t } from '../i18n.js';

const QUICK_MINUTES = [2, 5, 10, 15, 30];
const USUAL_MINUTES = 5;
const NEEDS_MINUTES = new Set(['responding', 'delayed']);
/** Who comes to a quorum comes himself; a plain alert may also be watched or handed on. */
const CHOICES = {
  come: ['responding', 'delayed'],
  acknowledge: ['plain', 'responding', 'delayed', 'delegating', 'monitoring'],
};

function choiceGroup(name, keys, value) {
  const options = keys.map((key) => ({
    value: key,
    content: [
      h('span', { class: 'choice-title' }, t(`respond.${name}.${key}`)),
      h('span', { class: 'choice-note' }, t(`respond.${name}.${key}.note`)),
    ],
  }));
  return radioGroup({ legend: t(`respond.${name}`), name, options, value, className: 'stack' });
}

function minutesField() {
  const input = h('input', {
    type: 'number',
    min: 1,
    max: 999,
    step: 1,
    inputmode: 'numeric',
    value: String(USUAL_MINUTES),
  });
  const row = field({ label: t('respond.minutes'), name: 'estimatedResponseTime', control: input });
  const quick = QUICK_MINUTES.map((minutes) => h(
    'button',
    {
      type: 'button',
      class: 'button button-plain quick-minute',
      on: {
        click: () => {
          input.value = String(minutes);
        },
      },
    },
    t('respond.minute', { minutes }),
  ));
  input.after(h('div', { class: 'quick-minutes' }, quick));
  row.read = () => Number(input.value);
  return row;
}

/**
 * @param {object} app @param {'come'|'acknowledge'} action @param {object} alert
 * @param {{done: (answer: object) => void}} options
 */
export function askResponse(app, action, alert, { done }) {
  const key = newKey();
  const isPlain = action === 'acknowledge';
  const what = choiceGroup('responseAction', CHOICES[action], CHOICES[action][0]);
  const minutes = minutesField();
  const colleague = isPlain ? colleagueField(app, { name: 'delegateTo', label: t('respond.delegateTo') }) : null;
  const urgency = isPlain ? choiceGroup('urgencyAssessment', ['maintain', 'increase', 'decrease'], 'maintain') : null;
  urgency?.classList.add('segments');
  const text = h('textarea', { rows: 2, maxlength: 500, autocomplete: 'off' });
  const note = field({ label: t('ask.acknowledge.label'), name: 'notes', optional: true, control: text });
  const rows = [what, minutes, colleague, urgency, note].filter(Boolean);

  function adapt() {
    const chosen = what.read();
    minutes.hidden = !NEEDS_MINUTES.has(chosen);
    if (colleague) colleague.hidden = chosen !== 'delegating';
  }
  what.addEventListener('change', adapt);
  adapt();

  function body() {
    const chosen = what.read();
    const content = {};
    if (chosen !== 'plain') content.responseAction = chosen;
    if (NEEDS_MINUTES.has(chosen)) content.estimatedResponseTime = minutes.read();
    if (chosen === 'delegating') content.delegateTo = colleague.read();
    if (urgency && urgency.read() !== 'maintain') content.urgencyAssessment = urgency.read();
    if (text.value.trim()) content.notes = text.value.trim();
    return content;
  }

  /** What is plainly missing is said at once; every other rule is the server's. */
  function problems({ estimatedResponseTime: time, delegateTo, responseAction }) {
    const errors = [];
    if (time !== undefined && !(Number.isInteger(time) && time >= 1 && time <= 999)) {
      errors.push({ path: 'estimatedResponseTime', message: t('respond.minutesBad') });
    }
    if (responseAction === 'delegating' && !delegateTo) {
      errors.push({ path: 'delegateTo', message: t('respond.delegateMissing') });
    }
    showFieldErrors(rows, errors);
    return errors.length > 0;
  }

  return formDialog({
    title: t(`ask.${action}.title`, { room: alert.roomNumber }),
    intro: t(`ask.${action}.intro`),
    rows,
    submitLabel: t(`action.${action}`),
    fallbackFocus: () => app.focusMain(),
    submit: async () => {
      const content = body();
      if (problems(content)) return false;
      done(await app.api.acknowledge(alert.id, content, key));
      return true;
    },
    onError: (error) => {
      if (error.status === 409 || error.status === 404) app.board.reload();
      const left = showFieldErrors(rows, error.fields);
      if (error.fields.length > 0 && left.length === 0) return null;
      return left.length > 0 ? left.join(' ') : sentenceFor(error);
    },
  });
}
