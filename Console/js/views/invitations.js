/** How people come in: invitations by mail, codes that let in, and those who ask. */
import { h } from '../ui/dom.js';
import { button, whileBusy } from '../ui/buttons.js';
import { inviteForm } from '../ui/invite-form.js';
import { joinCodes } from '../ui/join-codes.js';
import { joinRequests } from '../ui/join-requests.js';
import { recordList } from '../ui/record-list.js';
import { setupPage } from '../ui/setup-page.js';
import { table } from '../ui/table.js';
import { sentenceFor } from '../ui/errors.js';
import { invitationState, openInvitations } from '../pure/invitations.js';
import { t, word } from '../i18n.js';

const MOST_PAST = 20;

/** @param {object} app */
export function invitationsView(app) {
  let roles = [];
  const codes = joinCodes(app, () => roles);
  const asked = joinRequests(app, () => roles);

  async function load() {
    if (roles.length === 0) roles = await app.api.roles();
    codes.load();
    asked.load();
    return app.api.invitations();
  }

  async function takeBack(invitation) {
    try {
      await app.api.takeInvitation(invitation.id);
      app.toasts.good(t('invitations.takenBack', { email: invitation.email }));
      await records.reload();
      page.heading.focus();
    } catch (error) {
      app.toasts.bad(sentenceFor(error));
    }
  }

  const where = (invitation) =>
    (invitation.departmentId ? app.lookups.departmentName(invitation.departmentId) : t('card.wholeHospital'));

  function openRow(invitation) {
    const take = button({
      label: t('invitations.takeBack'),
      'aria-label': t('invitations.takeBackSpoken', { email: invitation.email }),
      kind: 'danger',
      on: { click: () => whileBusy(take, () => takeBack(invitation)) },
    });
    return {
      dataset: { invitationId: invitation.id },
      cells: [
        invitation.email,
        word('role', invitation.role),
        where(invitation),
        app.time.moment(invitation.expiresAt),
        take,
      ],
    };
  }

  const pastRow = (invitation) => ({
    cells: [
      invitation.email,
      word('role', invitation.role),
      where(invitation),
      t(`invitations.state.${invitationState(invitation, app.clock.now())}`),
    ],
  });

  function lists(invitations) {
    const { open, past } = openInvitations(invitations, app.clock.now());
    const heads = (last) => ['email', 'role', 'department', ...last].map((key) => t(`people.${key}`));
    const heading = h('h2', {}, t('invitations.open'));
    const waiting = open.length > 0
      ? table({ caption: t('invitations.open'), heads: heads(['goodUntil', 'action']), rows: open.map(openRow) })
      : h('p', { class: 'page-note' }, t('invitations.none'));
    const done = past.slice(0, MOST_PAST);
    return [
      h('section', { class: 'panel' }, heading, waiting),
      done.length > 0 && h(
        'details',
        { class: 'panel fold' },
        h('summary', {}, t('invitations.past')),
        table({ caption: t('invitations.past'), heads: heads(['state']), rows: done.map(pastRow) }),
      ),
    ].filter(Boolean);
  }

  const records = recordList(app, {
    newLabel: t('invite.title'),
    tools: asked.element,
    load,
    idOf: (invitation) => invitation.id,
    form: (_, tools) => inviteForm(app, roles, tools),
    list: lists,
  });
  const page = setupPage(app, 'invitations', records.element, codes.element);
  return { ...page, keys: {}, destroy: records.destroy };
}
