/** The people of the hospital: found by name, address or role, and what may be changed about each. */
import { h } from '../ui/dom.js';
import { button } from '../ui/buttons.js';
import { field } from '../ui/forms.js';
import { selectOf } from '../ui/choices.js';
import { inviteForm } from '../ui/invite-form.js';
import { memberForm } from '../ui/member-form.js';
import { pager } from '../ui/pager.js';
import { recordList } from '../ui/record-list.js';
import { setupPage } from '../ui/setup-page.js';
import { table } from '../ui/table.js';
import { debounce } from '../app/debounce.js';
import { t, word } from '../i18n.js';

const PAGE_SIZE = 25;
const MOST_SEARCH = 100;

/** @param {object} app */
export function membersView(app) {
  let roles = [];
  let page = 1;
  const search = h('input', { type: 'search', maxlength: MOST_SEARCH, autocomplete: 'off', on: { input: debounce(first) } });
  const role = selectOf([{ value: '', text: t('members.everyRole') }], '', { change: first });
  const pages = pager((next) => {
    page = next;
    records.reload();
  });
  const tools = h(
    'div',
    { class: 'list-tools', role: 'search' },
    field({ label: t('members.search'), name: 'search', control: search }),
    field({ label: t('people.role'), name: 'role', control: role }),
  );

  function first() {
    page = 1;
    records.reload();
  }

  async function load() {
    if (roles.length === 0) {
      roles = await app.api.roles();
      const names = roles.map((each) => each.role).filter((name) => name !== 'patient');
      role.append(...names.map((name) => h('option', { value: name }, word('role', name))));
    }
    const answer = await app.api.people({ search: search.value.trim(), role: role.value, page, limit: PAGE_SIZE });
    if (answer.users.length === 0 && page > 1 && page > answer.totalPages) {
      page = Math.max(1, answer.totalPages);
      return load();
    }
    pages.show({ page, pages: answer.totalPages, total: answer.total });
    return answer.users;
  }

  function row(person, edit) {
    const state = person.isActive
      ? h('span', { class: 'duty-mark', dataset: { on: String(person.isOnDuty) } },
        t(person.isOnDuty ? 'duty.on' : 'duty.off'))
      : h('span', { class: 'tag' }, t('members.inactive'));
    return {
      dataset: { userId: person.id, active: String(person.isActive) },
      cells: [
        [h('span', { class: 'row-name' }, person.name), h('span', { class: 'row-note' }, person.email)],
        word('role', person.role),
        person.departmentId ? app.lookups.departmentName(person.departmentId) : t('card.wholeHospital'),
        state,
        button({
          label: t('members.open'),
          'aria-label': t('members.openSpoken', { name: person.name }),
          on: { click: () => edit(person) },
        }),
      ],
    };
  }

  const heads = ['name', 'role', 'department', 'state', 'action'].map((key) => t(`people.${key}`));
  const records = recordList(app, {
    newLabel: app.session.can('invite_members') ? t('invite.title') : null,
    tools,
    load,
    idOf: (person) => person.id,
    form: (person, more) => (person ? memberForm(app, person, roles, more) : inviteForm(app, roles, more)),
    list: (people, edit) => [
      people.length > 0
        ? h('div', { class: 'panel' }, table({
          caption: t('members.title'),
          heads,
          rows: people.map((person) => row(person, edit)),
        }))
        : h('p', { class: 'page-note' }, t('members.none')),
      pages.element,
    ],
  });
  const frame = setupPage(app, 'members', records.element);
  return { ...frame, keys: {}, destroy: records.destroy };
}
