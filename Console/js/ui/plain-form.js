/** A form that sends something once: bad fields are named at the fields, everything else above the button. */
import { h, setText } from './dom.js';
import { button } from './buttons.js';
import { showFieldErrors } from './forms.js';
import { accountSentence } from './account-errors.js';

/**
 * @param {object} options
 * @param {HTMLElement[]} options.rows what stands in it
 * @param {HTMLElement[]} [options.fields] those of them that get the server's messages; else all
 * @param {string} options.submitLabel
 * @param {() => ({path: string, message: string}[])} [options.problems] what is plainly wrong
 * @param {() => Promise<void>} options.send
 * @param {(error: object) => string|null} [options.sentence] null: the caller has shown it
 * @param {string} [options.note] stands above everything
 * @param {Node[]} [options.more] further buttons beside the first
 * @param {object} [options.button] how the first one looks
 */
export function plainForm(options) {
  const { rows, fields = rows, problems = () => [], sentence = accountSentence } = options;
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: !options.note }, options.note ?? '');
  const submitButton = button({ label: options.submitLabel, kind: 'primary', type: 'submit', ...options.button });
  const actions = h('div', { class: 'entry-actions' }, submitButton, options.more);
  const element = h(
    'form',
    { class: 'sign-in-form', novalidate: true, on: { submit } },
    problem,
    rows,
    actions,
  );

  function say(text) {
    setText(problem, text ?? '');
    problem.hidden = !text;
  }

  /** What stands at a field need not be said again. */
  function fail(error) {
    const left = showFieldErrors(fields, error.fields ?? []);
    if (error.fields?.length > 0) return say(left.join(' '));
    return say(sentence(error));
  }

  async function submit(event) {
    event.preventDefault();
    if (submitButton.getAttribute('aria-busy') === 'true') return;
    say('');
    const errors = problems();
    say(showFieldErrors(fields, errors).join(' '));
    if (errors.length > 0) return;
    submitButton.setAttribute('aria-busy', 'true');
    try {
      await options.send();
    } catch (error) {
      if (!('status' in error)) throw error;
      fail(error);
    } finally {
      submitButton.removeAttribute('aria-busy');
    }
  }

  return { element, say, fail };
}
