/** Who is on duty now. */
import { h, setText } from '../ui/dom.js';
import { icon } from '../ui/icons.js';
import { staffPage } from '../ui/staff-pages.js';
import { sentenceFor } from '../ui/errors.js';
import { t, plural, word } from '../i18n.js';

const REFRESH_MILLISECONDS = 30_000;
/** The order in which the ladder asks people. */
const ROLE_ORDER = ['nurse', 'doctor', 'head_doctor'];

/** @param {object} app */
export function staffView(app) {
  let people = null;
  let gone = false;
  let timer = 0;
  const count = h('p', { class: 'page-note', 'aria-live': 'polite' });
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const groups = h('div', { class: 'staff-groups' });
  const frame = staffPage(app, 'staff', count, problem, groups);

  function personRow(person) {
    const department = app.lookups.departmentName(person.departmentId) || person.departmentName || '';
    const since = person.shiftStartedAt ?? person.since;
    return h('li', { class: 'staff-person' }, icon('person'),
      h('div', {}, h('p', { class: 'staff-name' }, person.name ?? person.userName ?? ''),
        h(
          'p',
          { class: 'staff-facts' },
          [department, since && t('staff.since', { time: app.time.minute(since) })].filter(Boolean).join(' · '),
        )));
  }

  function show() {
    if (people === null) return;
    setText(count, plural('staff.count', people.length));
    const roles = [...new Set([...ROLE_ORDER, ...people.map((p) => p.role)])];
    groups.replaceChildren(...roles.map((role) => {
      const members = people.filter((person) => person.role === role);
      const rows = members.length > 0 ? members.map(personRow) : [h('li', { class: 'staff-none' }, t('staff.none'))];
      return h('section', { class: 'panel staff-group', dataset: { empty: String(members.length === 0) } },
        h(
          'h2',
          {},
          word('tier.role', role),
          h('span', { class: 'staff-number' }, String(members.length)),
        ), h('ul', {}, rows));
    }));
  }

  async function load() {
    clearTimeout(timer);
    try {
      const [staff] = await Promise.all([app.api.dutyStaff(), app.lookups.ready]);
      people = staff ?? [];
      problem.hidden = true;
      if (!gone) show();
    } catch (error) {
      setText(problem, sentenceFor(error));
      problem.hidden = false;
    } finally {
      if (!gone) timer = setTimeout(load, REFRESH_MILLISECONDS);
    }
  }

  const stopDuty = app.board.onOther((event) => {
    if (event.name === 'staff:duty_changed') load();
  });
  const stops = [app.session.on(load), app.lookups.on(show), stopDuty];
  load();
  return {
    ...frame,
    keys: {},
    destroy() {
      gone = true;
      clearTimeout(timer);
      for (const stop of stops) stop();
    },
  };
}
