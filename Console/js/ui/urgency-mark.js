/** How an urgency is shown: bars, word and number, so that colour is never needed to read it. */
import { h, spoken } from './dom.js';
import { t, word } from '../i18n.js';
import { LEVELS, alarmClass, priorityName } from '../pure/urgency.js';

/** Five bars of which as many are filled as the level says. */
export function meter(level) {
  const bars = [...LEVELS].reverse().map((n) => h('span', { class: n <= level ? 'bar bar-on' : 'bar' }));
  return h('span', { class: 'meter', 'aria-hidden': true, dataset: { class: alarmClass(level) } }, bars);
}

/** @param {number} level @param {'p'|'span'} [tag] a span inside a heading */
export function urgencyMark(level, tag = 'p') {
  return h(
    tag,
    { class: 'urgency', dataset: { class: alarmClass(level), level } },
    meter(level),
    h('span', { class: 'urgency-word' }, word('priority', priorityName(level))),
    h('span', { class: 'urgency-level', 'aria-hidden': true }, String(level)),
    spoken(t('urgency.spoken', { level })),
  );
}
