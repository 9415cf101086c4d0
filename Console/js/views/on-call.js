/** Who is on call: now, in the week's calendar of each schedule, and when nobody is. */
import { h, setText } from '../ui/dom.js';
import { button, whileBusy } from '../ui/buttons.js';
import { field } from '../ui/forms.js';
import { onCallForm } from '../ui/on-call-form.js';
import { askStandIn } from '../ui/stand-in.js';
import { staffPage } from '../ui/staff-pages.js';
import { weekGrid } from '../ui/week-grid.js';
import { sentenceFor } from '../ui/errors.js';
import { everyone } from '../app/everyone.js';
import { addDays, dayOf, midnight, planDays } from '../pure/week-plan.js';
import { t, plural, word } from '../i18n.js';

/** @param {object} app */
export function onCallView(app) {
  const zone = app.session.current?.hospital?.timeZone;
  const mayChange = app.session.can('manage_schedule');
  let gone = false;
  let turn = 0;
  let schedules = [];
  let people = [];
  const select = h('select', { on: { change: show } });
  const grid = weekGrid(app, show);
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const now = h('ul', { class: 'on-call-now', 'aria-label': t('onCall.nowLabel') });
  const gaps = h('section', { class: 'panel gaps', hidden: true });
  const side = h('div', { class: 'record-side', hidden: true });
  const none = h('p', { class: 'page-note', hidden: true }, t('onCall.none'));
  const act = (label, work, icon) => button({ label, icon, kind: icon ? 'primary' : 'plain', on: { click: work } });
  const buttons = mayChange
    ? [act(t('onCall.new'), () => edit(null), 'raise'), act(t('onCall.edit'), () => edit(chosen())), act(t('standIn.open'), standIn)]
    : [];
  const calendar = h(
    'section',
    { class: 'panel on-call' },
    h('div', { class: 'panel-head' }, field({ label: t('onCall.schedule'), name: 'schedule', control: select }), grid.tools),
    problem,
    grid.element,
  );
  const frame = staffPage(
    app,
    'onCall',
    now,
    gaps,
    h('div', { class: 'row-buttons' }, buttons),
    none,
    h('div', { class: 'stack' }, side, calendar),
  );
  const chosen = () => schedules.find(({ id }) => id === select.value);

  function part({ span, opens, closes }) {
    const time = h('span', { class: 'week-time' }, `${opens}–${closes}`);
    if (!span.userId) return h('li', { class: 'week-part week-gap' }, time, h('strong', {}, t('onCall.nobody')));
    const isStandIn = span.source === 'override';
    const end = isStandIn && mayChange && button({
      label: t('standIn.end'),
      kind: 'quiet',
      'aria-label': t('standIn.endSpoken', { name: span.userName }),
      on: { click: () => whileBusy(end, () => endStandIn(span)) },
    });
    const own = span.userId === app.session.current?.user.id;
    return h(
      'li',
      { class: 'week-part', dataset: { own: String(own), source: span.source } },
      time,
      h('span', {}, span.userName),
      isStandIn && h('span', { class: 'tag' }, t('standIn.tag')),
      end,
    );
  }

  async function endStandIn(span) {
    try {
      await app.api.endStandIn(select.value, span.overrideId);
      app.toasts.good(t('standIn.ended'));
      await load();
      frame.heading.focus();
    } catch (error) {
      app.toasts.bad(sentenceFor(error));
    }
  }

  async function standIn() {
    const schedule = chosen();
    if (!schedule || !await askStandIn(app, schedule, people)) return;
    app.toasts.good(t('standIn.done'));
    await load();
  }

  function closeForm() {
    side.replaceChildren();
    side.hidden = true;
  }

  function edit(schedule) {
    if (schedule === undefined) return;
    const form = onCallForm(app, schedule, {
      people,
      today: dayOf(app.clock.now(), zone),
      close: () => {
        closeForm();
        frame.heading.focus();
      },
      again: async () => {
        await load();
        edit(schedules.find(({ id }) => id === schedule?.id));
      },
      done: async (made, text) => {
        closeForm();
        app.toasts.good(text);
        await load(made?.id);
        frame.heading.focus();
      },
    });
    side.replaceChildren(form.element);
    side.hidden = false;
    form.heading.focus();
  }

  /** The week of the chosen schedule; its gaps stand among the turns. */
  async function show() {
    const mine = (turn += 1);
    const schedule = chosen();
    if (!schedule) return;
    try {
      const from = grid.first();
      const answer = await app.api.onCallCalendar(schedule.id, {
        from: new Date(midnight(from, zone)).toISOString(),
        to: new Date(midnight(addDays(from, grid.count), zone)).toISOString(),
      });
      if (gone || mine !== turn) return;
      const days = planDays([...answer.entries, ...answer.gaps], from, grid.count, zone);
      grid.show(days.map(({ day, parts }) => ({ day, items: parts.map(part) })));
      problem.hidden = true;
    } catch (error) {
      if (gone || mine !== turn) return;
      setText(problem, sentenceFor(error));
      problem.hidden = false;
    }
  }

  function showNow({ schedules: current }) {
    now.replaceChildren(...current.map((each) => h(
      'li',
      { dataset: { nobody: String(each.person === null) } },
      h('span', {}, each.name),
      h('strong', {}, each.person?.userName ?? t('onCall.nobody')),
    )));
  }

  function showGaps(answer) {
    gaps.hidden = answer.gaps.length === 0;
    gaps.replaceChildren(
      h('h2', {}, plural('onCall.gaps', answer.gaps.length)),
      h('ul', {}, answer.gaps.map((gap) => h(
        'li',
        {},
        h('strong', {}, `${gap.name}: `),
        gap.words,
        h('span', { class: 'gap-dates' }, ` ${app.time.moment(gap.from)} – ${app.time.moment(gap.to)}`),
      ))),
    );
  }

  async function load(id = select.value) {
    try {
      const [list, current, missing, all] = await Promise.all([
        app.api.onCallSchedules(),
        app.api.onCallNow(),
        app.api.onCallGaps({}),
        mayChange && people.length === 0 ? everyone(app) : people,
      ]);
      if (gone) return;
      [schedules, people] = [list, all];
      select.replaceChildren(...schedules.map((each) => h('option', { value: each.id }, [
        each.name, each.role && word('role', each.role), app.lookups.departmentName(each.departmentId),
      ].filter(Boolean).join(' · '))));
      select.value = id || (schedules[0]?.id ?? '');
      if (select.selectedIndex < 0 && schedules.length > 0) select.selectedIndex = 0;
      calendar.hidden = schedules.length === 0;
      none.hidden = schedules.length > 0;
      for (const each of buttons.slice(1)) each.hidden = schedules.length === 0;
      showNow(current);
      showGaps(missing);
      await show();
    } catch (error) {
      if (gone) return;
      setText(problem, sentenceFor(error));
      problem.hidden = false;
    }
  }

  load();
  return { ...frame, keys: {}, destroy() { gone = true; } };
}
