/** Codes that let people in: make one, see how often it was used, take it back. */
import { h, setText } from './dom.js';
import { button, whileBusy } from './buttons.js';
import { field } from './forms.js';
import { departmentOptions, selectOf } from './choices.js';
import { daysSelect } from './invite-form.js';
import { roleSelect } from './given-roles.js';
import { sentenceFor } from './errors.js';
import { smallForm } from './small-form.js';
import { table } from './table.js';
import { letsIn } from '../pure/invitations.js';
import { t, word } from '../i18n.js';

/** @param {object} app @param {() => object[]} rolesNow */
export function joinCodes(app, rolesNow) {
  const body = h('div', {}, h('p', { class: 'page-note' }, t('record.loading')));
  const made = h('p', { class: 'made-code', role: 'status', hidden: true });
  const place = h('div');
  const element = h(
    'section',
    { class: 'panel codes' },
    h('h2', {}, t('codes.title')),
    h('p', { class: 'page-note' }, t('codes.intro')),
    body,
    made,
    h('details', { class: 'fold' }, h('summary', {}, t('codes.new')), place),
  );

  function form() {
    const role = roleSelect(rolesNow());
    const uses = h('input', { type: 'number', min: 1, max: 1000, step: 1, value: '1' });
    const department = selectOf(departmentOptions(app, t('card.wholeHospital')), '');
    const days = daysSelect();
    return smallForm({
      className: 'form-row',
      rows: [
        field({ label: t('people.role'), name: 'role', control: role }),
        field({ label: t('people.department'), name: 'departmentId', control: department }),
        field({ label: t('codes.uses'), name: 'maxUses', control: uses }),
        field({ label: t('invite.good'), name: 'expiresInHours', control: days }),
      ],
      submitLabel: t('codes.make'),
      kind: 'plain',
      submit: async (key) => {
        const code = await app.api.makeJoinCode({
          role: role.value,
          maxUses: Number(uses.value),
          expiresInHours: Number(days.value) * 24,
          ...(department.value ? { departmentId: department.value } : {}),
        }, key);
        setText(made, t('codes.made', { code: code.code, role: word('role', code.role) }));
        made.hidden = false;
        await load();
      },
    });
  }

  function row(code) {
    const take = button({
      label: t('invitations.takeBack'),
      'aria-label': t('invitations.takeBackSpoken', { email: code.code }),
      kind: 'danger',
      on: { click: () => whileBusy(take, () => takeBack(code)) },
    });
    return {
      dataset: { codeId: code.id },
      cells: [
        h('span', { class: 'code' }, code.code),
        word('role', code.role),
        code.departmentId ? app.lookups.departmentName(code.departmentId) : t('card.wholeHospital'),
        t('codes.used', { uses: code.uses, most: code.maxUses }),
        app.time.moment(code.expiresAt),
        take,
      ],
    };
  }

  async function takeBack(code) {
    try {
      await app.api.takeJoinCode(code.id);
      app.toasts.good(t('invitations.takenBack', { email: code.code }));
      await load();
      app.focusMain();
    } catch (error) {
      app.toasts.bad(sentenceFor(error));
    }
  }

  async function load() {
    try {
      const codes = (await app.api.joinCodes()).filter((code) => letsIn(code, app.clock.now()));
      const heads = ['code', 'role', 'department', 'uses', 'goodUntil', 'action'].map((key) => t(`people.${key}`));
      body.replaceChildren(codes.length > 0
        ? table({ caption: t('codes.title'), heads, rows: codes.map(row) })
        : h('p', { class: 'page-note' }, t('codes.none')));
      if (!place.firstChild) place.append(form());
    } catch (error) {
      body.replaceChildren(h('p', { class: 'form-problem', role: 'alert' }, sentenceFor(error)));
    }
  }

  return { element, load };
}
