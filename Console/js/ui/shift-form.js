/** Planning one shift, or changing it: who, where, from when to when. */
import { h } from './dom.js';
import { field } from './forms.js';
import { departmentOptions, selectOf } from './choices.js';
import { recordForm } from './record-form.js';
import { momentOf, wallTime } from '../pure/zoned-time.js';
import { t, word } from '../i18n.js';

/** @param {object} app @param {object|null} shift @param {{people, day, close, again, done}} tools `day` is proposed */
export function shiftForm(app, shift, { people, day, close, again, done }) {
  const zone = app.session.current?.hospital?.timeZone;
  const isNew = shift === null;
  const who = selectOf(people.map((person) => ({
    value: person.id,
    text: `${person.name} (${word('role', person.role)})`,
  })), shift?.userId ?? people[0]?.id);
  const department = selectOf(departmentOptions(app, t('card.wholeHospital')), shift?.departmentId);
  const time = (moment, usual) =>
    h('input', { type: 'datetime-local', value: moment ? wallTime(Date.parse(moment), zone) : `${day}T${usual}` });
  const from = time(shift?.from, '06:00');
  const to = time(shift?.to, '14:00');
  const moment = (control) => momentOf(control.value, zone);
  const rows = [
    ...(isNew ? [field({ label: t('team.person'), name: 'userId', control: who })] : []),
    field({ label: t('people.department'), name: 'departmentId', control: department }),
    field({ label: t('plan.from'), name: 'from', control: from }),
    field({ label: t('plan.to'), name: 'to', control: to }),
  ];

  function problems() {
    const errors = [];
    if (!Number.isFinite(moment(from))) errors.push({ path: 'from', message: t('plan.missing') });
    if (!(moment(to) > moment(from))) errors.push({ path: 'to', message: t('plan.order') });
    if (shift?.departmentId && !department.value) errors.push({ path: 'departmentId', message: t('templates.cannotEmpty') });
    return errors;
  }

  const body = () => ({
    ...(isNew ? { userId: who.value } : { version: shift.version }),
    ...(department.value ? { departmentId: department.value } : {}),
    from: new Date(moment(from)).toISOString(),
    to: new Date(moment(to)).toISOString(),
  });
  return recordForm(app, {
    title: isNew ? t('shifts.new') : shift.userName,
    rows,
    problems,
    save: (key) => (isNew ? app.api.createShift(body(), key) : app.api.updateShift(shift.id, body(), key)),
    remove: isNew ? null : () => app.api.deleteShift(shift.id),
    removeLabel: t('shifts.remove'),
    removeIntro: t('shifts.removeIntro'),
    done,
    reload: again,
    cancel: close,
  });
}
