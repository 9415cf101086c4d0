/** A form with one button: sends, names bad fields at the fields, and says everything else underneath. */
import { h, setText } from './dom.js';
import { button } from './buttons.js';
import { showFieldErrors } from './forms.js';
import { sentenceFor } from './errors.js';
import { newKey } from '../net/keys.js';

/**
 * @param {object} options
 * @param {HTMLElement[]} options.rows looked at anew with each try, so they may change
 * @param {Node[]} [options.layout] the same rows with what stands between them
 * @param {Node[]} [options.more] further buttons beside the first
 * @param {string} options.submitLabel
 * @param {(key: string) => Promise<any>} options.submit resolves when it is done; throws an ApiError
 * @param {() => {path: string, message: string}[]} [options.problems] what is plainly wrong
 * @param {string} [options.kind] of the button
 * @param {(error: object) => boolean} [options.onError] true when the error was dealt with elsewhere
 */
export function smallForm(options) {
  const { rows, submitLabel, submit, problems = () => [], kind = 'primary', icon, className, onError } = options;
  let key = newKey();
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const send = button({ label: submitLabel, icon, kind, type: 'submit' });
  const element = h(
    'form',
    { class: `small-form ${className ?? ''}`.trim(), novalidate: true, on: { submit: submitted } },
    options.layout ?? rows,
    problem,
    h('div', { class: 'record-actions' }, send, options.more),
  );

  function say(text) {
    setText(problem, text);
    problem.hidden = !text;
  }

  async function submitted(event) {
    event.preventDefault();
    if (send.getAttribute('aria-busy') === 'true') return;
    say('');
    const errors = problems();
    const left = showFieldErrors(rows, errors);
    if (left.length > 0) say(left.join(' '));
    if (errors.length > 0) return;
    send.setAttribute('aria-busy', 'true');
    try {
      await submit(key);
      key = newKey();
    } catch (error) {
      if (error.status === 422 || error.status === 400) key = newKey();
      if (onError?.(error)) return;
      const unplaced = showFieldErrors(rows, error.fields);
      if (error.fields.length === 0 || unplaced.length > 0) say(unplaced.join(' ') || sentenceFor(error));
    } finally {
      send.removeAttribute('aria-busy');
    }
  }
  return element;
}
