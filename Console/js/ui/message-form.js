/** The words of one message in one language, and what they would say; what does not render is told at its field. */
import { h } from './dom.js';
import { field } from './forms.js';
import { messagePreview } from './message-preview.js';
import { recordForm } from './record-form.js';
import { t, word } from '../i18n.js';

const PAUSE_MILLISECONDS = 350;
const PARTS = { subject: 200, body: 4000, html: 20_000 };

/** @param {object} app @param {object} template */
export function messageForm(app, template, { close, again, done }) {
  let timer = 0;
  let run = 0;
  let gone = false;
  const subject = h('input', { type: 'text', maxlength: PARTS.subject, autocomplete: 'off', value: template.subject });
  const body = h('textarea', { rows: 7, maxlength: PARTS.body, value: template.body });
  const html = h('textarea', { rows: 5, maxlength: PARTS.html, spellcheck: 'false', value: template.html ?? '' });
  const rows = [
    field({ label: t('messages.subject'), name: 'subject', hint: t('messages.subjectHint'), control: subject }),
    field({ label: t('messages.body'), name: 'body', control: body }),
    field({ label: t('messages.html'), name: 'html', optional: true, hint: t('messages.htmlHint'), control: html }),
  ];
  const values = h(
    'div',
    { class: 'message-values' },
    h('p', { class: 'field-hint' }, t('messages.values')),
    h('ul', {}, template.values.map((name) => h('li', {}, h('button', {
      type: 'button', class: 'value-chip', 'aria-label': t('messages.insert', { name }),
      on: { click: () => insert(name) },
    }, `{{${name}}}`)))),
  );
  const preview = messagePreview();
  let last = body;
  for (const control of [subject, body, html]) {
    control.addEventListener('focus', () => { last = control; });
    control.addEventListener('input', soon);
  }

  function read() {
    const text = html.value.trim();
    return { subject: subject.value, body: body.value, ...(text ? { html: text } : {}) };
  }

  function insert(name) {
    last.setRangeText(`{{${name}}}`, last.selectionStart, last.selectionEnd, 'end');
    last.focus();
    soon();
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_MILLISECONDS);
  }

  /** Says what is wrong at its field and leaves the cursor where it is: somebody is typing. */
  async function look() {
    run += 1;
    const mine = run;
    try {
      const said = await app.api.messages.preview({ name: template.name, ...read() });
      if (gone || mine !== run) return;
      for (const row of rows) row.setError(null);
      preview.show(said);
    } catch (error) {
      if (gone || mine !== run) return;
      for (const row of rows) {
        row.setError(error.fields.find(({ path }) => path.split('/').at(-1) === row.dataset.field)?.message ?? null);
      }
      preview.fail(error);
    }
  }

  const missing = () => ['subject', 'body'].filter((part) => !read()[part].trim())
    .map((path) => ({ path, message: t('field.missing') }));
  const form = recordForm(app, {
    title: t('messages.editTitle', {
      name: word('message', template.name), language: word('language', template.language),
    }),
    rows,
    layout: [...rows, values, preview.element],
    problems: missing,
    save: (key) => app.api.messages.save(template.name, template.language, read(), key),
    remove: template.isOwn ? () => app.api.messages.remove(template.name, template.language) : null,
    removeLabel: t('messages.remove'),
    removeIntro: t('messages.removeIntro'),
    done: (_, what) => done(t(what === 'saved' ? 'messages.saved' : 'messages.removed')),
    reload: again,
    cancel: close,
  });
  look();
  return {
    ...form,
    destroy() {
      gone = true;
      clearTimeout(timer);
    },
  };
}
