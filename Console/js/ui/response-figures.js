/** How alerts were answered; which figures there are is the server's to say, so each is shown with its own name. */
import { h } from './dom.js';
import { t, word } from '../i18n.js';
import { rate, share } from '../pure/figures.js';
import { writeSeconds } from '../pure/steps.js';

/** A figure's unit stands in its name: seconds, minutes, shares. */
function figure(name, value) {
  if (value === null || value === undefined) return '–';
  if (typeof value !== 'number') return String(value);
  if (/seconds$/i.test(name)) return writeSeconds(Math.round(value));
  if (/rate$|share/i.test(name)) return share(value);
  return Number.isInteger(value) ? String(value) : rate(value);
}

/** @param {object} app */
export function responseFigures() {
  const list = h('dl', { class: 'figure-tiles' });
  const element = h('section', { class: 'panel' }, h('h2', {}, t('response.title')), list);

  return {
    element,
    /** @param {object} answer */
    show(answer) {
      const plain = Object.entries(answer ?? {}).filter(([, value]) => typeof value === 'number' || value === null);
      list.replaceChildren(...plain.map(([name, value]) => h(
        'div',
        { class: 'figure-tile' },
        h('dt', {}, word('responseFigure', name)),
        h('dd', {}, figure(name, value)),
      )));
    },
  };
}
