/**
 * A form for one record of the hospital's settings: saves, deletes, names bad fields, and tells when somebody else
 * has changed the record meanwhile, without losing what was typed.
 */
import { h, setText } from './dom.js';
import { button } from './buttons.js';
import { showFieldErrors } from './forms.js';
import { formDialog } from './dialog.js';
import { sentenceFor } from './errors.js';
import { newKey } from '../net/keys.js';
import { t } from '../i18n.js';

const CONFLICT = 409;

/** Somebody else was faster; a conflict of another kind (a ladder for the same place) has its own sentence. */
const isOvertaken = (error) => error.status === CONFLICT && Object.hasOwn(error.details, 'version');

/**
 * @param {object} app
 * @param {object} options
 * @param {string} options.title
 * @param {string} [options.intro]
 * @param {HTMLElement[]} options.rows fields; those with a name get the server's messages
 * @param {Node[]} [options.layout] the same rows with what stands between them
 * @param {string} [options.saveLabel]
 * @param {() => ({path: string, message: string}[])} options.problems what is plainly wrong
 * @param {(key: string) => Promise<object>} options.save
 * @param {() => Promise<void>} [options.remove]
 * @param {string} [options.removeLabel] @param {string} [options.removeIntro]
 * @param {(record: object|null, what: 'saved'|'removed') => void} options.done
 * @param {() => void} options.reload shows the record as it is now
 * @param {() => void} options.cancel
 */
export function recordForm(app, options) {
  let key = newKey();
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const again = button({ label: t('record.reload'), on: { click: options.reload }, hidden: true });
  const send = button({ label: options.saveLabel ?? t('record.save'), icon: 'check', kind: 'primary', type: 'submit' });
  const cancel = button({ label: t('record.cancel'), kind: 'quiet', on: { click: options.cancel } });
  const remove = options.remove
    && button({ label: options.removeLabel, kind: 'danger', on: { click: askRemoval } });
  const heading = h('h2', { tabindex: '-1' }, options.title);
  const element = h(
    'form',
    { class: 'panel record-form', novalidate: true, on: { submit } },
    heading,
    options.intro && h('p', { class: 'page-note' }, options.intro),
    options.layout ?? options.rows,
    problem,
    again,
    h('div', { class: 'record-actions' }, send, cancel, remove),
  );

  function say(text) {
    setText(problem, text);
    problem.hidden = !text;
  }

  function fail(error) {
    const left = showFieldErrors(options.rows, error.fields);
    again.hidden = error.status !== CONFLICT || error.fields.length > 0;
    if (isOvertaken(error)) return say(t('record.conflict'));
    if (error.status === 422) key = newKey(); // the first try arrived, and the form was changed since
    if (error.fields.length === 0 || left.length > 0) say(left.join(' ') || sentenceFor(error));
  }

  async function submit(event) {
    event.preventDefault();
    if (send.getAttribute('aria-busy') === 'true') return;
    say('');
    again.hidden = true;
    const errors = options.problems();
    const left = showFieldErrors(options.rows, errors);
    if (left.length > 0) say(left.join(' '));
    if (errors.length > 0) return;
    send.setAttribute('aria-busy', 'true');
    try {
      const record = await options.save(key);
      key = newKey();
      options.done(record, 'saved');
    } catch (error) {
      fail(error);
    } finally {
      send.removeAttribute('aria-busy');
    }
  }

  async function askRemoval() {
    const done = await formDialog({
      title: `${options.removeLabel}?`,
      intro: options.removeIntro,
      rows: [],
      submitLabel: options.removeLabel,
      kind: 'danger',
      submit: options.remove,
      onError: sentenceFor,
      fallbackFocus: () => app.focusMain(),
    });
    if (done) options.done(null, 'removed');
  }

  return { element, heading };
}
