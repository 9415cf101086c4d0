/** Who looks after a patient: put somebody in, take somebody out. */
import { h } from './dom.js';
import { button, whileBusy } from './buttons.js';
import { field } from './forms.js';
import { selectOf } from './choices.js';
import { smallForm } from './small-form.js';
import { sentenceFor } from './errors.js';
import { t, word } from '../i18n.js';

const PARTS = {
  primary_doctor: ['doctor', 'head_doctor'],
  attending_nurse: ['nurse', 'medical_assistant'],
  specialist: ['doctor', 'head_doctor'],
  resident: ['doctor', 'head_doctor'],
  intern: ['doctor', 'head_doctor'],
};

/** Whom this person may name: everybody who sees the members, else all doctors and who is on duty. */
async function colleagues(app) {
  if (app.session.can('view_users')) {
    const roles = [...new Set(Object.values(PARTS).flat())];
    const answers = await Promise.all(roles.map((role) => app.api.people({ role, limit: 100 })));
    return answers.flatMap(({ users }) => users).filter((person) => person.isActive);
  }
  const [doctors, onDuty] = await Promise.all([app.api.doctors(), app.api.dutyStaff()]);
  const people = [...doctors, ...onDuty.map((person) => ({ ...person, id: person.userId }))];
  return [...new Map(people.map((person) => [person.id, person])).values()];
}

/** @param {object} app @param {object} patient @param {{mayChange: boolean}} options */
export function careTeam(app, patient, { mayChange }) {
  const list = h('ul');
  const note = h('p', { class: 'page-note', role: 'status' }, t('record.loading'));
  const heading = h('h2', { tabindex: '-1' }, t('team.title'));
  const element = h('section', { class: 'panel care-team' }, heading, note, list);

  function line(member) {
    const take = mayChange && button({
      label: t('team.remove'),
      kind: 'danger',
      'aria-label': t('team.removeSpoken', { name: member.userName }),
      on: { click: () => whileBusy(take, () => remove(member)) },
    });
    return h(
      'li',
      { class: 'ladder', dataset: { userId: member.userId } },
      h(
        'div',
        {},
        h('p', { class: 'ladder-scope' }, member.userName),
        h('p', { class: 'ladder-steps' }, [t(`team.part.${member.role}`), member.notes].filter(Boolean).join(' · ')),
      ),
      take,
    );
  }

  async function remove(member) {
    try {
      await app.api.removeFromCareTeam(patient.id, member.userId);
      app.toasts.good(t('team.removed', { name: member.userName }));
      await load();
      heading.focus();
    } catch (error) {
      app.toasts.bad(sentenceFor(error));
    }
  }

  function form(people) {
    const part = selectOf(Object.keys(PARTS).map((value) => ({ value, text: t(`team.part.${value}`) })), 'attending_nurse');
    const person = h('select');
    const notes = h('input', { type: 'text', maxlength: 500, autocomplete: 'off' });
    function fill() {
      const fitting = people.filter(({ role }) => PARTS[part.value].includes(role));
      person.replaceChildren(...fitting.map(({ id, name, role }) =>
        h('option', { value: id }, `${name} (${word('role', role)})`)));
    }
    part.addEventListener('change', fill);
    fill();
    return smallForm({
      className: 'form-row',
      rows: [
        field({ label: t('team.part'), name: 'role', control: part }),
        field({ label: t('team.person'), name: 'userId', control: person }),
        field({ label: t('vitals.notes'), name: 'notes', optional: true, control: notes }),
      ],
      submitLabel: t('team.add'),
      kind: 'plain',
      problems: () => (person.value ? [] : [{ path: 'userId', message: t('team.nobody') }]),
      submit: async (key) => {
        const note = notes.value.trim();
        const body = { userId: person.value, role: part.value, ...(note ? { notes: note } : {}) };
        const member = await app.api.assignToCareTeam(patient.id, body, key);
        notes.value = '';
        app.toasts.good(t('team.added', { name: member.userName }));
        await load();
      },
    });
  }

  async function offer() {
    try {
      const people = await colleagues(app);
      element.append(h('details', { class: 'fold' }, h('summary', {}, t('team.new')), form(people)));
    } catch (error) {
      element.append(h('p', { class: 'form-problem' }, sentenceFor(error)));
    }
  }

  async function load() {
    try {
      const members = await app.api.careTeam(patient.id);
      list.replaceChildren(...members.map(line));
      note.textContent = t('team.none');
      note.hidden = members.length > 0;
    } catch (error) {
      note.textContent = sentenceFor(error);
      note.hidden = false;
    }
  }

  load();
  if (mayChange) offer();
  return element;
}
