/** What an alert is and how urgent: the choices of the raise page. */
import { h } from './dom.js';
import { radioGroup } from './forms.js';
import { meter } from './urgency-mark.js';
import { t, word } from '../i18n.js';
import { LEVELS, alarmClass, priorityName } from '../pure/urgency.js';

/** @param {object[]} types */
export function typeChoice(types) {
  const options = types.map((type) => ({
    value: type.code,
    dataset: { class: alarmClass(type.defaultUrgency) },
    content: [
      h('span', { class: 'choice-title' }, type.title),
      h('span', { class: 'choice-note' }, word('priority', priorityName(type.defaultUrgency))),
    ],
  }));
  return radioGroup({ legend: t('raise.type'), name: 'alertType', options, value: null, className: 'types' });
}

export function urgencyChoice() {
  const options = LEVELS.map((level) => ({
    value: String(level),
    dataset: { class: alarmClass(level) },
    content: [
      meter(level),
      h('span', { class: 'choice-title' }, t(`urgency.${level}`)),
      h('span', { class: 'choice-note' }, String(level)),
    ],
  }));
  return radioGroup({
    legend: t('raise.urgency'),
    name: 'urgencyLevel',
    options,
    value: null,
    className: 'levels',
    hint: t('raise.urgencyHint'),
  });
}
