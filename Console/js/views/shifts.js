/** The week's shifts: who is planned when and where; a shift with too little rest before it says so. */
import { h, setText } from '../ui/dom.js';
import { button } from '../ui/buttons.js';
import { field } from '../ui/forms.js';
import { departmentOptions, selectOf } from '../ui/choices.js';
import { shiftForm } from '../ui/shift-form.js';
import { staffPage } from '../ui/staff-pages.js';
import { weeklyHours } from '../ui/weekly-hours.js';
import { weekGrid } from '../ui/week-grid.js';
import { sentenceFor } from '../ui/errors.js';
import { everyone } from '../app/everyone.js';
import { addDays, midnight, planDays } from '../pure/week-plan.js';
import { t, word } from '../i18n.js';

/** @param {object} app */
export function shiftsView(app) {
  const zone = app.session.current?.hospital?.timeZone;
  const me = app.session.current?.user.id;
  const mayChange = app.session.can('manage_schedule');
  let gone = false;
  let turn = 0;
  let people = [];
  let shifts = [];
  const department = selectOf(departmentOptions(app, t('board.allDepartments')), '', { change: load });
  const mine = h('input', { type: 'checkbox', on: { change: load } });
  const grid = weekGrid(app, load);
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const side = h('div', { class: 'record-side', hidden: true });
  const add = mayChange
    && button({ label: t('shifts.new'), icon: 'raise', kind: 'primary', on: { click: () => edit(null) } });
  const weekly = weeklyHours(app, { mayChange });
  weekly.hidden = true; // stands below the week, and would move under the finger when that comes
  const frame = staffPage(
    app,
    'shifts',
    add && h('div', {}, add),
    side,
    h(
      'section',
      { class: 'panel on-call' },
      h(
        'div',
        { class: 'panel-head' },
        field({ label: t('people.department'), name: 'departmentId', control: department }),
        h('label', { class: 'check' }, mine, h('span', {}, t('shifts.mine'))),
        grid.tools,
      ),
      problem,
      grid.element,
    ),
    weekly,
  );

  function part({ span, opens, closes, begins }) {
    const tired = begins && span.warnings.includes('rest_under_8_hours');
    const face = [
      h('span', { class: 'week-time' }, `${opens}–${closes}`),
      h('span', {}, span.userName),
      span.departmentId && h('span', { class: 'row-note' }, app.lookups.departmentName(span.departmentId)),
      tired && h('span', { class: 'tag tag-warn' }, t('shifts.tired')),
    ];
    const data = { own: String(span.userId === me), shiftId: span.id };
    if (!mayChange || !begins) return h('li', { class: 'week-part', dataset: data }, face);
    return h('li', { dataset: data }, h(
      'button',
      { type: 'button', class: 'week-part week-button', dataset: data, on: { click: () => edit(span) } },
      face,
    ));
  }

  function closeForm() {
    side.replaceChildren();
    side.hidden = true;
    (add || frame.heading).focus();
  }

  async function edit(shift) {
    try {
      if (people.length === 0) people = await everyone(app);
    } catch (error) {
      return app.toasts.bad(sentenceFor(error));
    }
    const form = shiftForm(app, shift, {
      people,
      day: grid.first(),
      close: closeForm,
      again: async () => {
        await load();
        const now = shifts.find(({ id }) => id === shift.id);
        if (now) edit(now);
        else closeForm();
      },
      done: async (saved, what) => {
        closeForm();
        app.toasts.good(t(what === 'saved' ? 'shifts.saved' : 'shifts.removed'));
        for (const warning of saved?.warnings ?? []) app.toasts.news(word('shifts.warning', warning));
        await load();
      },
    });
    side.replaceChildren(form.element);
    side.hidden = false;
    form.heading.focus();
  }

  async function load() {
    const mineTurn = (turn += 1);
    try {
      const from = grid.first();
      const found = await app.api.shifts({
        from: new Date(midnight(from, zone)).toISOString(),
        to: new Date(midnight(addDays(from, grid.count), zone)).toISOString(),
        departmentId: department.value,
        userId: mine.checked ? me : '',
      });
      if (gone || mineTurn !== turn) return;
      shifts = found;
      const days = planDays(shifts, from, grid.count, zone);
      grid.show(days.map(({ day, parts }) => ({ day, items: parts.map(part) })));
      problem.hidden = true;
    } catch (error) {
      if (gone || mineTurn !== turn) return;
      setText(problem, sentenceFor(error));
      problem.hidden = false;
    }
    weekly.hidden = false;
  }

  load();
  return { ...frame, keys: {}, destroy() { gone = true; } };
}
