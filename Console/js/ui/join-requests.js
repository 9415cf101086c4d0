/** Those who ask to be let in: shown only while somebody waits; approved with a role, or refused with a word. */
import { h } from './dom.js';
import { button } from './buttons.js';
import { field, showFieldErrors } from './forms.js';
import { departmentOptions, selectOf } from './choices.js';
import { formDialog } from './dialog.js';
import { roleSelect } from './given-roles.js';
import { sentenceFor } from './errors.js';
import { newKey } from '../net/keys.js';
import { t, word } from '../i18n.js';

/** @param {object} app @param {() => object[]} rolesNow */
export function joinRequests(app, rolesNow) {
  const list = h('ul');
  const element = h('section', { class: 'panel requests', hidden: true }, h('h2', {}, t('requests.title')), list);

  async function review(request, verdict) {
    const isYes = verdict === 'approved';
    const role = roleSelect(rolesNow(), request.role);
    const department = selectOf(departmentOptions(app, t('card.wholeHospital')), '');
    const note = h('textarea', { rows: 2, maxlength: 500 });
    const noteRow = field({ label: t('requests.note'), name: 'note', optional: true, control: note });
    const rows = isYes
      ? [
        field({ label: t('people.role'), name: 'role', control: role }),
        field({ label: t('people.department'), name: 'departmentId', control: department }),
        noteRow,
      ]
      : [noteRow];
    const key = newKey();
    const done = await formDialog({
      title: t(`requests.${verdict}.title`, { name: request.name }),
      intro: t(`requests.${verdict}.intro`),
      rows,
      submitLabel: t(`requests.${verdict}.submit`),
      kind: isYes ? 'primary' : 'danger',
      submit: () => app.api.reviewJoinRequest(request.id, {
        verdict,
        ...(isYes ? { role: role.value } : {}),
        ...(isYes && department.value ? { departmentId: department.value } : {}),
        ...(note.value.trim() ? { note: note.value.trim() } : {}),
      }, key),
      onError: (error) => {
        const left = showFieldErrors(rows, error.fields);
        return error.fields.length > 0 && left.length === 0 ? null : left.join(' ') || sentenceFor(error);
      },
      fallbackFocus: () => app.focusMain(),
    });
    if (!done) return;
    app.toasts.good(t(`requests.${verdict}.done`, { name: request.name }));
    await load();
  }

  function line(request) {
    const act = (verdict, kind) => button({
      label: t(`requests.${verdict}.submit`),
      'aria-label': t(`requests.${verdict}.spoken`, { name: request.name }),
      kind,
      on: { click: () => review(request, verdict) },
    });
    return h(
      'li',
      { class: 'ladder', dataset: { requestId: request.id } },
      h(
        'div',
        {},
        h('p', { class: 'ladder-scope' }, request.name),
        h('p', { class: 'ladder-steps' }, `${request.email} · ${t('requests.wants', { role: word('role', request.role) })}`),
        request.message && h('p', { class: 'quoted' }, request.message),
      ),
      h('div', { class: 'row-buttons' }, act('approved', 'primary'), act('rejected', 'danger')),
    );
  }

  async function load() {
    try {
      const waiting = await app.api.joinRequests();
      list.replaceChildren(...waiting.map(line));
      element.hidden = waiting.length === 0;
    } catch (error) {
      list.replaceChildren(h('li', { class: 'form-problem', role: 'alert' }, sentenceFor(error)));
      element.hidden = false;
    }
  }

  return { element, load };
}
