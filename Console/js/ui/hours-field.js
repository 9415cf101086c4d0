/** Opening hours: a line for each day of the week, and Monday's for all working days with one press. */
import { h, freshId, setText } from './dom.js';
import { button } from './buttons.js';
import { DAYS, lineOf, spansIn } from '../pure/opening-hours.js';
import { t } from '../i18n.js';

/**
 * @param {{day, opens, closes}[]} hours
 * @param {{name?: string, label?: string, hint?: string, overnight?: boolean}} [how]
 * @returns {HTMLElement} a field with `read()`
 */
export function hoursField(hours, { name = 'hours', label = t('locations.hours'), hint = t('locations.hoursHint'),
  overnight = false } = {}) {
  const errorId = freshId('hours-error');
  const error = h('p', { class: 'field-error', id: errorId, hidden: true });
  const lines = DAYS.map((day) => {
    const id = freshId('day');
    const input = h('input', {
      type: 'text', id, maxlength: 80, autocomplete: 'off', value: lineOf(hours, day), 'aria-describedby': errorId,
    });
    return { day, input, row: h('div', { class: 'hours-day' }, h('label', { for: id }, t(`day.${day}`)), input) };
  });
  const spread = button({ label: t('locations.spread'), on: { click: copyMonday } });
  const row = h(
    'fieldset',
    { class: 'field hours', dataset: { field: name } },
    h('legend', { class: 'field-label' }, label),
    h('p', { class: 'field-hint' }, hint),
    lines.map((line) => line.row),
    h('div', {}, spread),
    error,
  );

  function copyMonday() {
    for (const { day, input } of lines) if (day > 1 && day < 6) input.value = lines[0].input.value;
  }

  row.setError = (text) => {
    setText(error, text ?? '');
    error.hidden = !text;
    row.classList.toggle('field-bad', Boolean(text));
    for (const { input, day } of lines) {
      input.setAttribute('aria-invalid', String(Boolean(text) && spansIn(input.value, day, { overnight }) === null));
    }
  };
  row.focusControl = () => (lines.find(({ input }) => input.getAttribute('aria-invalid') === 'true') ?? lines[0]).input.focus();
  /** @returns {{hours: object[]} | {bad: number}} the day whose line cannot be read */
  row.read = () => {
    const read = [];
    for (const { day, input } of lines) {
      const spans = spansIn(input.value, day, { overnight });
      if (spans === null) return { bad: day };
      read.push(...spans);
    }
    return { hours: read };
  };
  return row;
}
