/** The directory: who works here, in which department, and how to reach each. */
import { h } from '../ui/dom.js';
import { field } from '../ui/forms.js';
import { selectOf } from '../ui/choices.js';
import { pager } from '../ui/pager.js';
import { staffPage } from '../ui/staff-pages.js';
import { table } from '../ui/table.js';
import { sentenceFor } from '../ui/errors.js';
import { everyone } from '../app/everyone.js';
import { debounce } from '../app/debounce.js';
import { STAFF_ROLES } from '../pure/staff-roles.js';
import { t, word } from '../i18n.js';

const PAGE_SIZE = 50;

/** @param {object} app */
export function directoryView(app) {
  const seesAll = app.session.can('view_users');
  let gone = false;
  let page = 1;
  let turn = 0;
  let shown = [];
  const search = h('input', { type: 'search', maxlength: 100, autocomplete: 'off', on: { input: debounce(first) } });
  const role = selectOf(
    [{ value: '', text: t('members.everyRole') }, ...STAFF_ROLES.map((value) => ({ value, text: word('role', value) }))],
    '',
    { change: first },
  );
  const onDuty = h('input', { type: 'checkbox', on: { change: first } });
  const body = h('div', { class: 'stack' }, h('p', { class: 'page-note' }, t('record.loading')));
  const pages = pager((next) => {
    page = next;
    load();
  });
  const frame = staffPage(
    app,
    'directory',
    h(
      'div',
      { class: 'list-tools', role: 'search' },
      field({ label: t(seesAll ? 'members.search' : 'people.name'), name: 'search', control: search }),
      field({ label: t('people.role'), name: 'role', control: role }),
      h('label', { class: 'check' }, onDuty, h('span', {}, t('directory.onDuty'))),
    ),
    body,
    pages.element,
  );

  function first() {
    page = 1;
    load();
  }

  /** Doctors and who is on duty: what colleagues may know who do not administer people. */
  async function colleagues() {
    const [doctors, duty] = await Promise.all([app.api.doctors(), app.api.dutyStaff()]);
    const here = duty.map((person) => ({ ...person, id: person.userId, isOnDuty: true }));
    return [...new Map([...here, ...doctors].map((person) => [person.id, person])).values()];
  }

  const matches = (person) => (role.value === '' || person.role === role.value)
    && `${person.name} ${person.email ?? ''}`.toLowerCase().includes(search.value.trim().toLowerCase());

  async function ask() {
    if (seesAll && !onDuty.checked) {
      const answer = await app.api.people({ search: search.value.trim(), role: role.value, page, limit: PAGE_SIZE });
      pages.show({ page, pages: answer.totalPages, total: answer.total });
      return answer.users.filter((person) => person.isActive);
    }
    const all = seesAll ? (await everyone(app)).filter((person) => person.isOnDuty) : await colleagues();
    const people = all.filter((person) => matches(person) && (!onDuty.checked || person.isOnDuty));
    pages.show({ page: 1, pages: 1, total: people.length });
    return people.toSorted((one, other) => one.name.localeCompare(other.name));
  }

  function row(person) {
    const reach = [
      person.phone && h('a', { href: `tel:${person.phone.replace(/[^+\d]/g, '')}` }, person.phone),
      person.email && h('a', { href: `mailto:${person.email}` }, person.email),
    ].filter(Boolean).map((anchor) => h('span', { class: 'reach' }, anchor));
    const cells = [
      h('span', { class: 'row-name' }, person.name),
      [word('role', person.role), person.specialization && h('span', { class: 'row-note' }, person.specialization)],
      app.lookups.departmentName(person.departmentId) || t('card.wholeHospital'),
      h('span', { class: 'duty-mark', dataset: { on: String(person.isOnDuty) } }, t(person.isOnDuty ? 'duty.on' : 'duty.off')),
    ];
    return { dataset: { userId: person.id }, cells: seesAll ? [...cells, reach] : cells };
  }

  function show() {
    const heads = ['name', 'role', 'department', 'state', ...(seesAll ? ['reach'] : [])].map((key) => t(`people.${key}`));
    body.replaceChildren(shown.length > 0
      ? h('div', { class: 'panel' }, table({ caption: t('directory.title'), heads, rows: shown.map(row) }))
      : h('p', { class: 'page-note' }, t('members.none')));
  }

  async function load() {
    const mine = (turn += 1);
    try {
      const [people] = await Promise.all([ask(), app.lookups.ready]);
      if (gone || mine !== turn) return;
      shown = people;
      show();
    } catch (error) {
      if (!gone) body.replaceChildren(h('p', { class: 'form-problem', role: 'alert' }, sentenceFor(error)));
    }
  }

  const stops = [
    app.lookups.on(() => shown.length > 0 && show()),
    app.board.onOther((event) => event.name === 'staff:duty_changed' && load()),
  ];
  load();
  return {
    ...frame,
    keys: {},
    destroy() {
      gone = true;
      for (const stop of stops) stop();
    },
  };
}
