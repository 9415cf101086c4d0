/** Who may do what: the one table of roles and permissions, whole or for one role. */
import { h, spoken } from '../ui/dom.js';
import { field } from '../ui/forms.js';
import { selectOf } from '../ui/choices.js';
import { setupPage } from '../ui/setup-page.js';
import { icon } from '../ui/icons.js';
import { sentenceFor } from '../ui/errors.js';
import { t, word } from '../i18n.js';

/** Below this width a table of twenty columns helps nobody: one role is shown at a time. */
const WIDE = '(min-width: 64rem)';

/** @param {object} app */
export function permissionsView(app) {
  let roles = [];
  let gone = false;
  const select = selectOf([{ value: '', text: t('permissions.everyRole') }], '', { change: show });
  const body = h('div', {}, h('p', { class: 'page-note' }, t('record.loading')));
  const page = setupPage(
    app,
    'permissions',
    h('div', { class: 'list-tools' }, field({ label: t('people.role'), name: 'role', control: select })),
    body,
  );

  const everything = () => [...new Set(roles.flatMap((each) => each.permissions))];
  const all = () => {
    const most = roles.toSorted((one, other) => other.permissions.length - one.permissions.length)[0];
    return [...new Set([...(most?.permissions ?? []), ...everything()])];
  };

  function cell(role, permission) {
    const has = role.permissions.includes(permission);
    return h(
      'td',
      { dataset: { has: String(has) } },
      has ? [icon('check'), spoken(t('permissions.yes'))] : spoken(t('permissions.no')),
    );
  }

  function wholeTable() {
    const mine = app.session.current?.role;
    const head = (role) => h(
      'th',
      { scope: 'col', 'aria-current': role.role === mine ? 'true' : null },
      h('span', { class: 'role-head' }, word('role', role.role)),
    );
    return h(
      'div',
      { class: 'panel table-scroll', tabindex: '0', role: 'region', 'aria-label': t('permissions.title') },
      h(
        'table',
        { class: 'table permission-table' },
        h('caption', { class: 'spoken' }, t('permissions.title')),
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('permissions.permission')), roles.map(head))),
        h('tbody', {}, all().map((permission) => h(
          'tr',
          {},
          h('th', { scope: 'row' }, word('permission', permission)),
          roles.map((role) => cell(role, permission)),
        ))),
      ),
    );
  }

  function oneRole(role) {
    const given = role.isMineToGive ? t('permissions.given') : t('permissions.notGiven');
    const line = (permission) => {
      const has = role.permissions.includes(permission);
      return h(
        'li',
        { class: 'permission', dataset: { has: String(has) } },
        icon(has ? 'check' : 'cross'),
        h('span', {}, word('permission', permission)),
        spoken(t(has ? 'permissions.yes' : 'permissions.no')),
      );
    };
    return h(
      'section',
      { class: 'panel' },
      h('h2', {}, word('role', role.role)),
      h('p', { class: 'page-note' }, `${given} ${t('permissions.count', { count: role.permissions.length, all: all().length })}`),
      h('ul', { class: 'permission-list' }, all().map(line)),
    );
  }

  function show() {
    const role = roles.find((each) => each.role === select.value);
    body.replaceChildren(role ? oneRole(role) : wholeTable());
  }

  async function load() {
    try {
      roles = await app.api.roles();
      if (gone) return;
      select.append(...roles.map(({ role }) => h('option', { value: role }, word('role', role))));
      if (!matchMedia(WIDE).matches) select.value = app.session.current?.role ?? '';
      show();
    } catch (error) {
      body.replaceChildren(h('p', { class: 'form-problem', role: 'alert' }, sentenceFor(error)));
    }
  }

  load();
  return { ...page, keys: {}, destroy() { gone = true; } };
}
