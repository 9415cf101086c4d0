/** Files of staff, rooms, patients or appointments: checked first, every bad line listed; taken over whole or not at all. */
import { h, setText } from '../ui/dom.js';
import { button, whileBusy } from '../ui/buttons.js';
import { field } from '../ui/forms.js';
import { selectOf } from '../ui/choices.js';
import { setupPage } from '../ui/setup-page.js';
import { table } from '../ui/table.js';
import { sentenceFor } from '../ui/errors.js';
import { newKey } from '../net/keys.js';
import { t, plural } from '../i18n.js';

/** What a file may hold, and what it must; a table's first line names them. */
const COLUMNS = {
  staff: ['email*', 'name*', 'role*', 'department', 'licenseNumber', 'specialization', 'phone'],
  rooms: ['number*', 'department', 'beds'],
  patients: [
    'name*', 'mrn', 'dateOfBirth', 'gender', 'bloodType', 'nationalId', 'phone', 'email', 'address', 'department',
    'roomNumber', 'bedNumber', 'primaryDiagnosis', 'secondaryDiagnoses', 'allergies', 'emergencyContact.name',
    'emergencyContact.relationship', 'emergencyContact.phone', 'dnr', 'fallRisk', 'allergyAlert', 'notes', 'admittedAt',
  ],
  appointments: ['mrn*', 'doctor*', 'startsAt*', 'service', 'minutes', 'medium', 'reason'],
};
const MOST_CHARACTERS = 1_000_000;

/** @param {object} app */
export function importsView(app) {
  let checked = null;
  let key = newKey();
  const kind = selectOf(
    Object.keys(COLUMNS).map((value) => ({ value, text: t(`imports.kind.${value}`) })),
    'staff',
    { change: changed },
  );
  const columns = h('p', { class: 'field-hint' });
  const file = h('input', { type: 'file', accept: '.csv,text/csv', on: { change: changed } });
  const fileRow = field({ label: t('imports.file'), name: 'csv', hint: t('imports.fileHint'), control: file });
  const kindRow = field({ label: t('imports.kind'), name: 'kind', control: kind });
  kindRow.append(columns);
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const report = h('section', { class: 'panel import-report', hidden: true, 'aria-live': 'polite' });
  const check = button({ label: t('imports.check'), kind: 'primary', type: 'submit' });
  const form = h(
    'form',
    { class: 'panel record-form', novalidate: true, on: { submit: (event) => {
      event.preventDefault();
      whileBusy(check, tryOut);
    } } },
    kindRow,
    fileRow,
    problem,
    h('div', {}, check),
  );
  const frame = setupPage(app, 'imports', h('div', { class: 'stack' }, form, report));

  function say(text) {
    setText(problem, text);
    problem.hidden = !text;
  }

  /** Another file or kind: what was checked no longer counts. */
  function changed() {
    checked = null;
    key = newKey();
    report.hidden = true;
    say('');
    fileRow.setError(null);
    setText(columns, t('imports.columns', { list: COLUMNS[kind.value].join(', ') }));
  }

  async function tryOut() {
    say('');
    const [chosen] = file.files;
    if (!chosen) {
      fileRow.setError(t('imports.fileMissing'));
      return fileRow.focusControl();
    }
    const csv = await chosen.text();
    if (csv.length > MOST_CHARACTERS) return fileRow.setError(t('imports.fileLong'));
    fileRow.setError(null);
    try {
      const found = await app.api.checkImport(kind.value, csv);
      checked = { kind: kind.value, csv };
      show(found);
    } catch (error) {
      report.hidden = true;
      say(error.fields.map(({ message }) => message).join(' ') || sentenceFor(error));
    }
  }

  function show(found) {
    const heading = h('h2', { tabindex: '-1' }, t('imports.report', { valid: found.valid, lines: found.lines }));
    const isGood = found.problems.length === 0 && found.lines > 0;
    const heads = ['line', 'column', 'problem'].map((name) => t(`imports.${name}`));
    const run = button({
      label: plural('imports.run', found.lines),
      icon: 'check',
      kind: 'primary',
      on: { click: () => whileBusy(run, take) },
    });
    report.replaceChildren(
      heading,
      isGood ? h('p', {}, t('imports.good')) : h('p', {}, t('imports.bad')),
      isGood ? h('div', {}, run) : table({
        caption: t('imports.problems'),
        heads,
        rows: found.problems.map((each) => ({ cells: [String(each.line), each.column ?? '', each.message] })),
      }),
    );
    report.hidden = false;
    heading.focus();
  }

  async function take() {
    try {
      const done = await app.api.runImport(checked.kind, checked.csv, key);
      const heading = h('h2', { tabindex: '-1' }, plural('imports.done', done.imported));
      report.replaceChildren(heading, h('p', {}, t(`imports.done.${checked.kind}`)));
      checked = null;
      file.value = '';
      key = newKey();
      heading.focus();
      app.lookups.load();
    } catch (error) {
      key = newKey();
      if (Array.isArray(error.details.problems)) {
        const bad = new Set(error.details.problems.map(({ line }) => line)).size;
        return show({ lines: error.details.lines ?? bad, valid: 0, problems: error.details.problems });
      }
      say(sentenceFor(error));
    }
  }

  changed();
  return { ...frame, keys: {}, destroy() {} };
}
