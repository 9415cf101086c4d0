/** What a service asks at booking, as fields; the services say which they are. */
import { h } from './dom.js';
import { field } from './forms.js';
import { selectOf } from './choices.js';
import { t, word } from '../i18n.js';

const LONG = new Set(['symptoms', 'notes']);

function controlOf({ name, type, isRequired, choices }) {
  if (type === 'choice') {
    const first = { value: '', text: isRequired ? t('booking.choose') : '–' };
    return selectOf([first, ...choices.map((value) => ({ value, text: word('booking.choice', value) }))], '');
  }
  if (type === 'number') return h('input', { type: 'number', step: 1, inputmode: 'numeric' });
  if (LONG.has(name)) return h('textarea', { rows: 3, maxlength: 2000 });
  return h('input', { type: 'text', maxlength: 500, autocomplete: 'off' });
}

/** The server names a question that is wrong as `details.reason`. */
const prefix = 'details.';

/** @param {object[]} questions @returns {{rows: HTMLElement[], problems: () => object[], read: () => object}} */
export function serviceFields(questions) {
  const asked = questions.map((question) => {
    const control = controlOf(question);
    const label = word('booking.q', question.name);
    return { question, control, row: field({ label, name: question.name, optional: !question.isRequired, control }) };
  });
  const wrong = ({ question, control }) => {
    const text = control.value.trim();
    if (question.isRequired && !text) return t('booking.needed');
    if (question.type === 'number' && text && !Number.isInteger(Number(text))) return t('booking.number');
    return null;
  };
  return {
    rows: asked.map(({ row }) => row),
    problems: () => asked
      .map((each) => ({ path: each.question.name, message: wrong(each) }))
      .filter(({ message }) => message),
    read: () => Object.fromEntries(asked
      .filter(({ control }) => control.value.trim())
      .map(({ question, control }) => [
        question.name,
        question.type === 'number' ? Number(control.value) : control.value.trim(),
      ])),
  };
}

/** The same error with the questions' own names. @param {object} error */
export function unprefixed(error) {
  for (const each of error.fields) if (each.path?.startsWith(prefix)) each.path = each.path.slice(prefix.length);
  return error;
}
