/** Vital signs: the last value of each with its course, all readings of the last hours as a table, and a form. */
import { h, link, setText, spoken } from './dom.js';
import { icon } from './icons.js';
import { field } from './forms.js';
import { selectOf } from './choices.js';
import { sentenceFor } from './errors.js';
import { table } from './table.js';
import { vitalsChart } from './vitals-chart.js';
import { vitalsForm } from './vitals-form.js';
import { SHOWN, latest, shownValue, unitOf } from '../pure/vitals.js';
import { t } from '../i18n.js';

const RANGES = ['6h', '24h', '72h'];

/**
 * @param {object} app
 * @param {object} options
 * @param {(timeRange: string) => Promise<{readings: object[]}>} options.load
 * @param {(() => Promise<{vitals: object|null, trend: object}>)|null} options.current the last reading, however old
 * @param {string|null} options.recordFor the patient for whom this person may write down signs
 */
export function vitalsPanel(app, { load, current, recordFor }) {
  let gone = false;
  const range = selectOf(RANGES.map((value) => ({ value, text: t(`vitals.range.${value}`) })), '24h', { change: show });
  const tiles = h('ul', { class: 'vital-tiles' });
  const rest = h('p', { class: 'page-note', hidden: true });
  const list = h('div');
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const raised = h('p', { class: 'vitals-raised', role: 'alert', hidden: true });
  const form = recordFor
    ? h(
      'details',
      { class: 'fold' },
      h('summary', {}, t('vitals.new')),
      vitalsForm(app, recordFor, recorded),
    )
    : null;
  const element = h(
    'section',
    { class: 'panel vitals', 'aria-label': t('vitals.title') },
    h(
      'div',
      { class: 'panel-head' },
      h('h2', {}, t('vitals.title')),
      field({ label: t('figures.span'), name: 'timeRange', control: range }),
    ),
    tiles,
    rest,
    raised,
    form,
    problem,
    list,
  );

  function tile(sign, readings, trend) {
    const way = trend[sign.signs[0]];
    const value = h(
      'p',
      { class: 'vital-value' },
      h('strong', {}, sign.value),
      ` ${unitOf(sign.signs[0])}`,
      way && way !== 'stable' ? [icon('up', `trend-${way}`), spoken(t(`vitals.trend.${way}`))] : null,
    );
    return h(
      'li',
      { class: 'vital', dataset: { sign: sign.name, critical: String(sign.isCritical) } },
      h('h3', {}, t(`vital.${sign.name}`)),
      value,
      vitalsChart(sign.signs, readings),
      h(
        'p',
        { class: 'vital-at' },
        sign.isCritical && h('strong', {}, `${t('vitals.critical')} `),
        app.time.moment(sign.at),
      ),
    );
  }

  /** Columns of what was measured at all in this time. */
  function readingsTable(readings) {
    const taken = SHOWN.filter((shown) => readings.some((reading) => shownValue(shown, reading) !== null));
    const hasNotes = readings.some((reading) => reading.notes);
    const cell = (shown, reading) => {
      const value = shownValue(shown, reading);
      const isCritical = shown.signs.some((sign) => reading.critical.includes(sign));
      if (value === null || !isCritical) return value ?? '';
      return h('strong', { class: 'critical-value' }, value, spoken(` ${t('vitals.critical')}`));
    };
    const heads = [t('vitals.time'), ...taken.map(({ name }) => t(`vital.short.${name}`)), hasNotes && t('vitals.notes')];
    const rows = readings.map((reading) => ({
      cells: [
        app.time.moment(reading.recordedAt),
        ...taken.map((shown) => cell(shown, reading)),
        ...(hasNotes ? [reading.notes ?? ''] : []),
      ],
    }));
    return table({ caption: t('vitals.table'), heads: heads.filter(Boolean), rows, className: 'table-cards vitals-table' });
  }

  function recorded(reading) {
    app.toasts.good(t('vitals.recorded'));
    raised.hidden = !reading.alertId;
    if (reading.alertId) {
      const signs = SHOWN.filter((shown) => shown.signs.some((sign) => reading.critical.includes(sign)));
      raised.replaceChildren(
        t('vitals.raised', { signs: signs.map(({ name }) => t(`vital.${name}`)).join(', ') }),
        ' ',
        link(`/alerts/${reading.alertId}`, {}, t('vitals.toAlert')),
      );
    }
    show();
  }

  async function show() {
    try {
      const [history, last] = await Promise.all([load(range.value), current?.() ?? { vitals: null, trend: {} }]);
      if (gone) return;
      const { readings } = history;
      const known = readings.length === 0 && last.vitals ? [last.vitals] : readings;
      const signs = latest(known);
      const missing = signs.filter(({ value }) => value === null).map(({ name }) => t(`vital.${name}`));
      tiles.replaceChildren(...signs.filter(({ value }) => value !== null).map((sign) => tile(sign, readings, last.trend)));
      setText(rest, t('vitals.notTaken', { list: missing.join(', ') }));
      tiles.hidden = known.length === 0;
      rest.hidden = known.length === 0 || missing.length === 0;
      list.replaceChildren(readings.length > 0
        ? readingsTable(readings)
        : h('p', { class: 'page-note' }, t('vitals.none')));
      problem.hidden = true;
    } catch (error) {
      if (gone) return;
      setText(problem, sentenceFor(error));
      problem.hidden = false;
    }
  }

  const ready = show();
  return { element, ready, destroy() { gone = true; } };
}
