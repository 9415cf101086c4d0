/** What was noted at a visit: written once, amended beside it, never changed. What is being typed stays where it is. */
import { h } from './dom.js';
import { button } from './buttons.js';
import { field, showFieldErrors } from './forms.js';
import { formDialog } from './dialog.js';
import { smallForm } from './small-form.js';
import { sentenceFor } from './errors.js';
import { newKey } from '../net/keys.js';
import { drugOf as filled, threads } from '../pure/prescriptions.js';
import { t } from '../i18n.js';

const LONGEST_NOTE = 10_000;
const LONGEST_LINE = 500;

const words = () => ({
  text: h('textarea', { rows: 6, maxlength: LONGEST_NOTE }),
  diagnosis: h('input', { type: 'text', maxlength: LONGEST_LINE, autocomplete: 'off' }),
});
const rowsOf = ({ text, diagnosis }) => [
  field({ label: t('notes.text'), name: 'text', control: text }),
  field({ label: t('notes.diagnosis'), name: 'diagnosis', optional: true, control: diagnosis }),
];
const missing = (controls) => Object.entries(controls)
  .filter(([name, { value }]) => name !== 'diagnosis' && !value.trim())
  .map(([path]) => ({ path, message: t('booking.needed') }));
const bodyOf = (controls) => filled(Object.fromEntries(Object.entries(controls).map(([name, { value }]) => [name, value])));

/** One note as it is read. @param {object} app @param {object} note @param {string} by */
export function noteText(app, note, by) {
  return [
    note.diagnosis && h('p', { class: 'note-diagnosis' }, note.diagnosis),
    h('p', { class: 'reason' }, note.text),
    h('p', { class: 'row-note' }, [by, app.time.moment(note.createdAt), note.reason && t('notes.because', { reason: note.reason })]
      .filter(Boolean).join(' · ')),
  ];
}

/** @param {object} app @param {object[]} notes @param {string} by @param {(note: object) => Node} [tools] */
export const noteList = (app, notes, by, tools = () => null) => h('ol', { class: 'notes' }, threads(notes).map(
  ({ note, amendments }) => h(
    'li',
    { class: 'note', dataset: { noteId: note.id } },
    noteText(app, note, by),
    amendments.map((each) => h('div', { class: 'note-amendment' }, h('strong', {}, t('notes.amended')), noteText(app, each, by))),
    tools(note),
  ),
));

/** @param {object} app @param {{changed: () => Promise<void>}} options */
export function visitNotes(app, { changed }) {
  let visit = null;
  let shown = '';
  const list = h('div', {});
  const controls = words();
  const form = smallForm({
    rows: rowsOf(controls),
    className: 'note-form',
    submitLabel: t('notes.add'),
    problems: () => missing(controls),
    submit: async (key) => {
      await app.api.addVisitNote(visit.id, bodyOf(controls), key);
      for (const control of Object.values(controls)) control.value = '';
      app.toasts.good(t('notes.added'));
      await changed();
    },
  });
  form.hidden = true;
  const element = h('section', { class: 'panel visit-notes', 'aria-label': t('notes.title') }, h('h2', {}, t('notes.title')), list, form);

  async function amend(note) {
    const key = newKey();
    const change = { ...words(), reason: h('input', { type: 'text', maxlength: LONGEST_LINE, autocomplete: 'off' }) };
    change.text.value = note.text;
    change.diagnosis.value = note.diagnosis ?? '';
    const rows = [...rowsOf(change), field({ label: t('notes.reason'), name: 'reason', control: change.reason })];
    const done = await formDialog({
      title: t('notes.amend'),
      intro: t('notes.amendIntro'),
      rows,
      submitLabel: t('notes.amendSubmit'),
      submit: async () => {
        const problems = missing(change);
        showFieldErrors(rows, problems);
        if (problems.length > 0) return false;
        await app.api.amendVisitNote(visit.id, note.id, bodyOf(change), key);
        return true;
      },
      onError: (error) => showFieldErrors(rows, error.fields).join(' ') || (error.fields.length > 0 ? null : sentenceFor(error)),
      fallbackFocus: () => app.focusMain(),
    });
    if (!done) return;
    app.toasts.good(t('notes.amendedNow'));
    await changed();
  }

  return {
    element,
    /** @param {object} now the visit @param {object[]} notes @param {boolean} mayWrite */
    show(now, notes, mayWrite) {
      visit = now;
      form.hidden = !mayWrite;
      const key = JSON.stringify([notes, mayWrite, now.status]);
      if (key === shown) return;
      shown = key;
      const tools = (note) => mayWrite && button({
        label: t('notes.amend'), kind: 'quiet', 'aria-haspopup': 'dialog', on: { click: () => amend(note) },
      });
      const none = mayWrite ? t('notes.none') : t('notes.notNow');
      list.replaceChildren(notes.length > 0 ? noteList(app, notes, now.doctorName ?? '', tools) : h('p', { class: 'page-note' }, none));
    },
  };
}
