/** Writing something down at an alert. The text stays until it has been taken. */
import { h } from './dom.js';
import { button } from './buttons.js';
import { field, showFieldErrors } from './forms.js';
import { sentenceFor } from './errors.js';
import { newKey } from '../net/keys.js';
import { t } from '../i18n.js';

const LONGEST = 2000;

/** @param {object} app @param {string} alertId @param {() => void} onDone */
export function commentForm(app, alertId, onDone) {
  let key = newKey();
  const text = h('textarea', { rows: 2, maxlength: LONGEST, autocomplete: 'off' });
  const row = field({ label: t('comment.label'), name: 'text', hint: t('comment.hint'), control: text });
  const send = button({ label: t('comment.submit'), type: 'submit' });
  const element = h('form', { class: 'comment-form', novalidate: true, on: { submit } }, row, h('div', {}, send));

  async function submit(event) {
    event.preventDefault();
    if (send.getAttribute('aria-busy') === 'true') return;
    row.setError(text.value.trim() ? null : t('comment.missing'));
    if (!text.value.trim()) return row.focusControl();
    send.setAttribute('aria-busy', 'true');
    try {
      await app.api.comment(alertId, { text: text.value.trim() }, key);
      key = newKey();
      text.value = '';
      app.announcer.polite(t('comment.done'));
      onDone();
    } catch (error) {
      if (error.status === 422) key = newKey(); // the first try arrived and the text was changed since
      const left = showFieldErrors([row], error.fields);
      if (error.fields.length === 0 || left.length > 0) row.setError(left.join(' ') || sentenceFor(error));
    } finally {
      send.removeAttribute('aria-busy');
    }
  }

  return { element };
}
