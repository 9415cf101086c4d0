/** Choosing a template when raising: it fills the form, and the room is all that is left to say. */
import { h } from './dom.js';
import { icon } from './icons.js';
import { radioGroup } from './forms.js';
import { t } from '../i18n.js';
import { alarmClass } from '../pure/urgency.js';

/** The template's own sign in its own colour; colours are the hospital's, so the sign stands on a plain ground. */
export function templateSign({ icon: sign, color }) {
  const element = h('span', { class: 'template-sign', 'aria-hidden': true }, sign || icon('bell'));
  if (color) element.style.setProperty('--sign', color);
  return element;
}

/** @param {object[]} templates @param {string|null} value */
export function templateChoice(templates, value) {
  const options = templates.map((template) => ({
    value: template.id,
    dataset: { class: alarmClass(template.urgencyLevel) },
    content: [
      h('span', { class: 'choice-title' }, templateSign(template), template.name),
      h('span', { class: 'choice-note' }, t(`urgency.${template.urgencyLevel}`)),
    ],
  }));
  options.unshift({
    value: '',
    dataset: { plain: 'true' },
    content: [
      h('span', { class: 'choice-title' }, t('raise.noTemplate')),
      h('span', { class: 'choice-note' }, t('raise.noTemplateNote')),
    ],
  });
  return radioGroup({
    legend: t('raise.template'),
    name: 'templateId',
    options,
    value: value ?? '',
    className: 'types templates',
  });
}
