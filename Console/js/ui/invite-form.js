/** Inviting people by mail: addresses, the role they will have, the department, a word of one's own. */
import { h, setText } from './dom.js';
import { field } from './forms.js';
import { departmentOptions, selectOf } from './choices.js';
import { recordForm } from './record-form.js';
import { roleSelect } from './given-roles.js';
import { addressesIn } from '../pure/addresses.js';
import { t, plural } from '../i18n.js';

const DAYS = [1, 3, 7, 14, 30];
export const MOST_ADDRESSES = 50;

export const daysSelect = () =>
  selectOf(DAYS.map((days) => ({ value: String(days), text: plural('invite.days', days) })), 7);

/** @param {object} app @param {object[]} roles @param {{close, again, done}} tools of the list it belongs to */
export function inviteForm(app, roles, { close, again, done }) {
  const emails = h('textarea', { rows: 4, autocomplete: 'off', spellcheck: 'false', inputmode: 'email' });
  const count = h('p', { class: 'field-hint', role: 'status' });
  const role = roleSelect(roles);
  const department = selectOf(departmentOptions(app, t('card.wholeHospital')), '');
  const message = h('textarea', { rows: 2, maxlength: 500 });
  const days = daysSelect();
  const emailRow = field({ label: t('invite.emails'), name: 'emails', hint: t('invite.emailsHint'), control: emails });
  emailRow.append(count);
  const rows = [
    emailRow,
    field({ label: t('people.role'), name: 'role', control: role }),
    field({ label: t('people.department'), name: 'departmentId', control: department }),
    field({ label: t('invite.good'), name: 'expiresInHours', control: days }),
    field({ label: t('invite.message'), name: 'message', optional: true, control: message }),
  ];
  emails.addEventListener('input', () => {
    const found = addressesIn(emails.value).length;
    setText(count, found > 1 ? plural('invite.count', found) : '');
  });

  function problems() {
    const found = addressesIn(emails.value);
    if (found.length === 0) return [{ path: 'emails', message: t('invite.emailsMissing') }];
    if (found.length > MOST_ADDRESSES) {
      return [{ path: 'emails', message: t('invite.emailsMany', { count: MOST_ADDRESSES }) }];
    }
    return [];
  }

  function said(answer) {
    const sent = plural('invite.sent', answer.invited.length);
    const already = answer.members.length > 0 ? ` ${t('invite.already', { list: answer.members.join(', ') })}` : '';
    return sent + already;
  }

  return recordForm(app, {
    title: t('invite.title'),
    rows,
    problems,
    saveLabel: t('invite.submit'),
    save: (key) => app.api.invite({
      emails: addressesIn(emails.value),
      role: role.value,
      expiresInHours: Number(days.value) * 24,
      ...(department.value ? { departmentId: department.value } : {}),
      ...(message.value.trim() ? { message: message.value.trim() } : {}),
    }, key),
    done: (answer) => done(said(answer)),
    reload: again,
    cancel: close,
  });
}
