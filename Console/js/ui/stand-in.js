/** Letting somebody stand in on a schedule for a span of time, and ending that. */
import { h } from './dom.js';
import { field, showFieldErrors } from './forms.js';
import { formDialog } from './dialog.js';
import { sentenceFor } from './errors.js';
import { newKey } from '../net/keys.js';
import { momentOf, wallTime } from '../pure/zoned-time.js';
import { t, word } from '../i18n.js';

const HOUR = 3_600_000;

/** @param {object} app @param {object} schedule @param {object[]} people @param {{from, to}} [span] what is proposed */
export function askStandIn(app, schedule, people, span) {
  const zone = app.session.current?.hospital?.timeZone;
  const key = newKey();
  const start = span ? Date.parse(span.from) : Math.ceil(app.clock.now() / HOUR) * HOUR;
  const end = span ? Date.parse(span.to) : start + 12 * HOUR;
  const who = h('select', {}, people.map((person) =>
    h('option', { value: person.id }, `${person.name} (${word('role', person.role)})`)));
  const from = h('input', { type: 'datetime-local', value: wallTime(start, zone) });
  const to = h('input', { type: 'datetime-local', value: wallTime(end, zone) });
  const rows = [
    field({ label: t('team.person'), name: 'userId', control: who }),
    field({ label: t('plan.from'), name: 'from', control: from }),
    field({ label: t('plan.to'), name: 'to', control: to }),
  ];
  const moment = (control) => momentOf(control.value, zone);
  return formDialog({
    title: t('standIn.title', { name: schedule.name }),
    intro: t('standIn.intro'),
    rows,
    submitLabel: t('standIn.submit'),
    fallbackFocus: () => app.focusMain(),
    submit: async () => {
      const errors = [];
      if (!(moment(to) > moment(from))) errors.push({ path: 'to', message: t('plan.order') });
      showFieldErrors(rows, errors);
      if (errors.length > 0) return false;
      await app.api.standIn(schedule.id, {
        userId: who.value,
        from: new Date(moment(from)).toISOString(),
        to: new Date(moment(to)).toISOString(),
      }, key);
      return true;
    },
    onError: (error) => {
      const left = showFieldErrors(rows, error.fields);
      return error.fields.length > 0 && left.length === 0 ? null : left.join(' ') || sentenceFor(error);
    },
  });
}
