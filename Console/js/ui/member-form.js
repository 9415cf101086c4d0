/** One person of the hospital: what is written of him, his role, further roles, and taking him out. */
import { h } from './dom.js';
import { field } from './forms.js';
import { departmentOptions, selectOf } from './choices.js';
import { recordForm } from './record-form.js';
import { roleSelect } from './given-roles.js';
import { smallForm } from './small-form.js';
import { memberAccess } from './member-access.js';
import { grantsPanel } from './grants-panel.js';
import { t, word } from '../i18n.js';

const TEXTS = { phone: 40, licenseNumber: 50, specialization: 100 };

/** @param {object} app @param {object} person @param {object[]} roles @param {{close, again, done}} tools */
export function memberForm(app, person, roles, tools) {
  const isSelf = person.id === app.session.current?.user.id;
  const isBelow = roles.some(({ role, isMineToGive }) => role === person.role && isMineToGive);
  const mayManage = app.session.can('manage_users') && isBelow;
  const mayChange = mayManage && person.isActive;
  const details = mayChange ? detailsForm(app, person, isSelf, tools) : detailsShown(app, person);
  const parts = [details.element];
  if (mayChange && !isSelf) parts.push(roleForm(app, person, roles, tools));
  if (app.session.can('manage_roles') && isBelow && person.isActive && !isSelf) {
    parts.push(grantsPanel(app, person, roles));
  }
  if (mayManage && !isSelf) parts.push(memberAccess(app, person, tools.done));
  return { element: h('div', { class: 'stack' }, parts), heading: details.heading };
}

function detailsForm(app, person, isSelf, { close, again, done }) {
  const name = h('input', { type: 'text', maxlength: 100, autocomplete: 'off', value: person.name });
  const department = selectOf(departmentOptions(app, t('card.wholeHospital')), person.departmentId);
  const texts = Object.fromEntries(Object.entries(TEXTS).map(([key, most]) => [
    key,
    h('input', { type: 'text', maxlength: most, autocomplete: 'off', value: person[key] ?? '' }),
  ]));
  const rows = [
    field({ label: t('people.name'), name: 'name', control: name }),
    field({ label: t('people.department'), name: 'departmentId', control: department }),
    ...Object.entries(texts).map(([key, control]) =>
      field({ label: t(`people.${key}`), name: key, optional: true, control })),
  ];
  const all = { departmentId: department, ...texts };

  /** An edit changes what it names: what was there cannot be taken away. */
  function problems() {
    const errors = name.value.trim() ? [] : [{ path: 'name', message: t('people.nameMissing') }];
    for (const [path, control] of Object.entries(all)) {
      if (person[path] && !control.value.trim()) errors.push({ path, message: t('templates.cannotEmpty') });
    }
    return errors;
  }

  function body() {
    const given = Object.entries(all).map(([key, control]) => [key, control.value.trim()]);
    return { name: name.value.trim(), ...Object.fromEntries(given.filter(([, value]) => value)) };
  }

  return recordForm(app, {
    title: person.name,
    intro: `${person.email} · ${word('role', person.role)}`,
    rows,
    problems,
    save: (key) => app.api.updatePerson(person.id, body(), key),
    remove: isSelf ? null : () => app.api.deactivatePerson(person.id),
    removeLabel: t('members.deactivate'),
    removeIntro: t('members.deactivateIntro', { name: person.name }),
    done: (_, what) => done(t(what === 'saved' ? 'members.saved' : 'members.deactivated', { name: person.name })),
    reload: again,
    cancel: close,
  });
}

/** For those who may look and not change. */
function detailsShown(app, person) {
  const heading = h('h2', { tabindex: '-1' }, person.name);
  const facts = {
    email: person.email,
    role: word('role', person.role),
    department: app.lookups.departmentName(person.departmentId),
    ...Object.fromEntries(Object.keys(TEXTS).map((key) => [key, person[key]])),
  };
  const known = Object.entries(facts).filter(([, value]) => value);
  const list = h('dl', { class: 'fact-list' }, known.map(([key, value]) => h(
    'div',
    {},
    h('dt', {}, t(`people.${key}`)),
    h('dd', {}, value),
  )));
  const note = person.isActive ? null : h('p', { class: 'page-note' }, t('members.inactiveNote'));
  return { heading, element: h('section', { class: 'panel record-form' }, heading, note, list) };
}

function roleForm(app, person, roles, { done }) {
  const role = roleSelect(roles, person.role);
  const reason = h('input', { type: 'text', maxlength: 500, autocomplete: 'off' });
  const rows = [
    field({ label: t('people.role'), name: 'role', hint: t('members.roleHint'), control: role }),
    field({ label: t('members.reason'), name: 'reason', optional: true, control: reason }),
  ];
  const form = smallForm({
    rows,
    submitLabel: t('members.changeRole'),
    kind: 'plain',
    problems: () => (role.value === person.role ? [{ path: 'role', message: t('members.sameRole') }] : []),
    submit: async (key) => {
      const why = reason.value.trim();
      await app.api.changeRole(person.id, { role: role.value, ...(why ? { reason: why } : {}) }, key);
      await done(t('members.roleChanged', { name: person.name, role: word('role', role.value) }));
    },
  });
  return h('section', { class: 'panel' }, h('h2', {}, t('members.roleTitle')), form);
}
