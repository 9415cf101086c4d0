/** Figures for those who lead: how often people are interrupted, how fast alerts are answered, what is open now. */
import { h, setText } from '../ui/dom.js';
import { button } from '../ui/buttons.js';
import { field } from '../ui/forms.js';
import { departmentOptions, selectOf } from '../ui/choices.js';
import { activeEscalations } from '../ui/active-escalations.js';
import { fatigueTable } from '../ui/fatigue-table.js';
import { responseFigures } from '../ui/response-figures.js';
import { sentenceFor, sentenceWithFields } from '../ui/errors.js';
import { t } from '../i18n.js';
import { RANGES, spanOf } from '../pure/figures.js';
import { momentOf, wallTime } from '../pure/zoned-time.js';

const REFRESH_MILLISECONDS = 30_000;
const CUSTOM = 'custom';

/** @param {object} app */
export function figuresView(app) {
  const zone = app.session.current?.hospital?.timeZone;
  let gone = false;
  let timer = 0;
  let asked = 0;
  const fatigue = fatigueTable(app);
  const response = responseFigures(app);
  const escalations = activeEscalations(app);
  const range = selectOf(
    [...RANGES, CUSTOM].map((value) => ({ value, text: t(`figures.range.${value}`) })),
    '7d',
    { change: chosen },
  );
  const department = selectOf(departmentOptions(app, t('board.allDepartments')), '', { change: load });
  const dayOf = (moment) => wallTime(moment, zone).slice(0, 10);
  const day = (moment) => h('input', { type: 'date', value: dayOf(moment), on: { change: load } });
  const from = day(spanOf('7d', app.clock.now()).from);
  const to = day(app.clock.now());
  const fromRow = field({ label: t('figures.from'), name: 'startDate', control: from });
  const toRow = field({ label: t('figures.to'), name: 'endDate', control: to });
  const print = button({ label: t('print.now'), icon: 'print', on: { click: () => window.print() } });
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const facts = h('p', { class: 'page-note', role: 'status' });
  const heading = h('h1', { tabindex: '-1', class: 'page-title' }, t('figures.title'));
  const tools = h(
    'div',
    { class: 'figures-tools' },
    field({ label: t('figures.span'), name: 'range', control: range }),
    fromRow,
    toRow,
    field({ label: t('board.department'), name: 'departmentId', control: department }),
    print,
  );
  const element = h(
    'div',
    { class: 'page figures' },
    heading,
    tools,
    facts,
    problem,
    fatigue.element,
    response.element,
    escalations.element,
  );

  /** Whole days of the hospital's own calendar, or a span that ends now. */
  function span() {
    if (range.value !== CUSTOM) return spanOf(range.value, app.clock.now());
    const midnight = (date) => momentOf(`${date}T00:00`, zone);
    const dayAfter = dayOf(momentOf(`${to.value}T12:00`, zone) + 86_400_000);
    return { from: midnight(from.value), to: midnight(dayAfter) };
  }

  function chosen() {
    fromRow.hidden = toRow.hidden = range.value !== CUSTOM;
    load();
  }

  async function load() {
    const turn = (asked += 1);
    if (range.value === CUSTOM && !(from.value && to.value && from.value <= to.value)) {
      return toRow.setError(t('figures.daysBad'));
    }
    toRow.setError(null);
    const { from: start, to: end } = span();
    const place = { departmentId: department.value };
    const days = { startDate: new Date(start).toISOString(), endDate: new Date(end).toISOString() };
    try {
      const [rows, answer] = await Promise.all([
        app.api.fatigue({ ...days, ...place }),
        app.api.responseAnalytics({ ...place, timeRange: CUSTOM, ...days }),
      ]);
      if (gone || turn !== asked) return;
      problem.hidden = true;
      setText(facts, t('figures.facts', {
        where: app.session.current?.hospital?.name ?? '',
        from: app.time.full(start),
        to: app.time.full(end),
      }));
      fatigue.show(rows ?? []);
      response.show(answer);
    } catch (error) {
      if (gone || turn !== asked) return;
      setText(problem, sentenceWithFields(error));
      problem.hidden = false;
    }
  }

  async function loadOpen() {
    clearTimeout(timer);
    try {
      const answer = await app.api.activeEscalations();
      if (!gone) escalations.show(answer);
    } catch (error) {
      if (!gone) escalations.fail(sentenceFor(error));
    } finally {
      if (!gone) timer = setTimeout(loadOpen, REFRESH_MILLISECONDS);
    }
  }

  function fillDepartments() {
    const { value } = department;
    const next = selectOf(departmentOptions(app, t('board.allDepartments')), value);
    department.replaceChildren(...next.children);
    department.value = value;
  }

  const stops = [app.lookups.on(fillDepartments), app.ticker.on(escalations.tick), app.board.on(loadOpen)];
  fromRow.hidden = toRow.hidden = true;
  load();
  loadOpen();
  return {
    title: t('figures.title'),
    element,
    heading,
    keys: {},
    destroy() {
      gone = true;
      clearTimeout(timer);
      for (const stop of stops) stop();
    },
  };
}
