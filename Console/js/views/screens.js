/** Ward screens: make one, see which there are, turn one off. */
import { h, setText } from '../ui/dom.js';
import { button, whileBusy } from '../ui/buttons.js';
import { field, showFieldErrors } from '../ui/forms.js';
import { formDialog } from '../ui/dialog.js';
import { showNewScreen } from '../ui/new-screen-dialog.js';
import { setupPage } from '../ui/setup-page.js';
import { sentenceFor } from '../ui/errors.js';
import { t } from '../i18n.js';

/** @param {object} app */
export function screensView(app) {
  let screens = null;
  let gone = false;
  const name = h('input', { type: 'text', maxlength: 100, autocomplete: 'off' });
  const department = h('select');
  const rows = [
    field({ label: t('screens.name'), name: 'name', hint: t('screens.nameHint'), control: name }),
    field({ label: t('screens.department'), name: 'departmentId', control: department }),
  ];
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const send = button({ label: t('screens.create'), icon: 'screens', kind: 'primary', type: 'submit' });
  const form = h(
    'form',
    { class: 'panel screens-form', novalidate: true, on: { submit } },
    h('h2', {}, t('screens.new')),
    rows,
    problem,
    send,
  );
  const body = h('tbody');
  const headings = ['name', 'department', 'created', 'state'].map((key) => h(
    'th',
    { scope: 'col' },
    t(`screens.${key}`),
  ));
  const table = h(
    'table',
    { class: 'table' },
    h('caption', { class: 'spoken' }, t('screens.title')),
    h('thead', {}, h('tr', {}, headings)),
    body,
  );
  const note = h('p', { class: 'page-note' });
  const list = h(
    'div',
    { class: 'panel table-scroll', tabindex: '0', role: 'region', 'aria-label': t('screens.title') },
    note,
    table,
  );
  const page = setupPage(app, 'screens', h('div', { class: 'screens-columns' }, list, form));

  function say(text) {
    setText(problem, text);
    problem.hidden = !text;
  }

  function fillDepartments() {
    const value = department.value;
    department.replaceChildren(...app.lookups.departments.map(
      ({ id, name: title }) => h('option', { value: id }, title),
    ));
    if (value) department.value = value;
    show();
  }

  function stateCell(screen) {
    if (screen.revokedAt) return h(
      'span',
      { class: 'tag' },
      t('screens.revoked', { time: app.time.full(screen.revokedAt) }),
    );
    const revoke = button({
      label: t('screens.revoke'), kind: 'danger', 'aria-label': t('screens.revokeSpoken', { name: screen.name }),
      on: { click: () => whileBusy(revoke, () => askRevocation(screen)) },
    });
    return revoke;
  }

  function show() {
    if (screens === null) return;
    setText(note, screens.length === 0 ? t('screens.none') : '');
    note.hidden = table.hidden = false;
    table.hidden = screens.length === 0;
    note.hidden = screens.length > 0;
    body.replaceChildren(...screens.map((screen) => h('tr', {
      dataset: { screenId: screen.id, revoked: String(Boolean(screen.revokedAt)) },
    },
      h('th', { scope: 'row' }, screen.name),
      h('td', {}, screen.departmentName ?? app.lookups.departmentName(screen.departmentId)),
      h('td', {}, app.time.full(screen.createdAt)),
      h('td', {}, stateCell(screen)))));
  }

  async function load() {
    try {
      screens = (await app.api.screens()) ?? [];
      if (!gone) show();
    } catch (error) {
      setText(note, sentenceFor(error));
      note.hidden = false;
    }
  }

  async function askRevocation(screen) {
    const done = await formDialog({
      title: t('screens.revokeTitle', { name: screen.name }),
      intro: t('screens.revokeIntro'),
      rows: [],
      submitLabel: t('screens.revoke'),
      kind: 'danger',
      submit: async () => {
        await app.api.revokeScreen(screen.id);
      },
      onError: sentenceFor,
      fallbackFocus: () => app.focusMain(),
    });
    if (!done) return;
    app.toasts.good(t('screens.revokedNow', { name: screen.name }));
    await load();
  }

  async function submit(event) {
    event.preventDefault();
    if (send.getAttribute('aria-busy') === 'true') return;
    say('');
    showFieldErrors(rows, name.value.trim() ? [] : [{ path: 'name', message: t('screens.nameMissing') }]);
    if (!name.value.trim()) return;
    send.setAttribute('aria-busy', 'true');
    try {
      const answer = await app.api.createScreen({ name: name.value.trim(), departmentId: department.value });
      const shown = name.value.trim();
      name.value = '';
      showNewScreen(app, shown, answer.token);
      await load();
    } catch (error) {
      const left = showFieldErrors(rows, error.fields);
      if (error.fields.length === 0 || left.length > 0) say(left.join(' ') || sentenceFor(error));
    } finally {
      send.removeAttribute('aria-busy');
    }
  }

  const stop = app.lookups.on(fillDepartments);
  fillDepartments();
  load();
  return { ...page, keys: {}, destroy() { gone = true; stop(); } };
}
