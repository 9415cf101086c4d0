/** Further roles of a person: for a while, or as long as he works in a department. */
import { h, setText } from './dom.js';
import { button, whileBusy } from './buttons.js';
import { field } from './forms.js';
import { departmentOptions, selectOf } from './choices.js';
import { roleSelect } from './given-roles.js';
import { smallForm } from './small-form.js';
import { sentenceFor } from './errors.js';
import { momentOf } from '../pure/zoned-time.js';
import { t, word } from '../i18n.js';

/** @param {object} app @param {object} person @param {object[]} roles */
export function grantsPanel(app, person, roles) {
  const zone = app.session.current?.hospital?.timeZone;
  const list = h('ul', { class: 'grant-list' });
  const note = h('p', { class: 'page-note', role: 'status' }, t('record.loading'));
  const role = roleSelect(roles);
  const until = h('input', { type: 'datetime-local' });
  const department = selectOf(departmentOptions(app, t('grants.everywhere')), '');
  const reason = h('input', { type: 'text', maxlength: 500, autocomplete: 'off' });
  const rows = [
    field({ label: t('people.role'), name: 'role', control: role }),
    field({ label: t('grants.until'), name: 'expiresAt', hint: t('grants.untilHint'), optional: true, control: until }),
    field({ label: t('grants.where'), name: 'departmentId', control: department }),
    field({ label: t('members.reason'), name: 'reason', optional: true, control: reason }),
  ];
  const form = smallForm({ rows, submitLabel: t('grants.add'), kind: 'plain', problems, submit });

  function problems() {
    const moment = momentOf(until.value, zone);
    return until.value && !(moment > app.clock.now())
      ? [{ path: 'expiresAt', message: t('grants.untilPast') }]
      : [];
  }

  async function submit(key) {
    await app.api.grantRole(person.id, {
      role: role.value,
      ...(until.value ? { expiresAt: new Date(momentOf(until.value, zone)).toISOString() } : {}),
      ...(department.value ? { departmentId: department.value } : {}),
      ...(reason.value.trim() ? { reason: reason.value.trim() } : {}),
    }, key);
    app.toasts.good(t('grants.added', { name: person.name, role: word('role', role.value) }));
    reason.value = until.value = '';
    await load();
  }

  function line(grant) {
    const facts = [
      grant.departmentId ? t('grants.in', { department: app.lookups.departmentName(grant.departmentId) }) : null,
      grant.expiresAt ? t('grants.to', { time: app.time.moment(grant.expiresAt) }) : t('grants.forGood'),
      grant.reason,
    ];
    const take = button({
      label: t('grants.take'),
      'aria-label': t('grants.takeSpoken', { role: word('role', grant.role) }),
      kind: 'danger',
      on: { click: () => whileBusy(take, () => takeBack(grant)) },
    });
    return h(
      'li',
      { class: 'ladder', dataset: { grantId: grant.id } },
      h(
        'div',
        {},
        h('p', { class: 'ladder-scope' }, word('role', grant.role)),
        h('p', { class: 'ladder-steps' }, facts.filter(Boolean).join(' · ')),
      ),
      take,
    );
  }

  async function takeBack(grant) {
    try {
      await app.api.takeGrant(person.id, grant.id);
      app.toasts.good(t('grants.taken', { name: person.name, role: word('role', grant.role) }));
      await load();
      role.focus();
    } catch (error) {
      app.toasts.bad(sentenceFor(error));
    }
  }

  async function load() {
    try {
      const now = app.clock.now();
      const grants = (await app.api.grants(person.id))
        .filter((grant) => !grant.revokedAt && !(grant.expiresAt && Date.parse(grant.expiresAt) <= now));
      list.replaceChildren(...grants.map(line));
      setText(note, grants.length === 0 ? t('grants.none') : '');
      note.hidden = grants.length > 0;
    } catch (error) {
      setText(note, sentenceFor(error));
      note.hidden = false;
    }
  }

  load();
  return h('section', { class: 'panel grants' }, h('h2', {}, t('grants.title')), note, list, form);
}
