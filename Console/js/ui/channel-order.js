/** Channels in the order in which they are tried: chosen by a box, moved by buttons. */
import { h, freshId } from './dom.js';
import { icon } from './icons.js';
import { t } from '../i18n.js';
import { inOrder, moved } from '../pure/notifications.js';

/** @param {{name: string, legend: string, hint: string, all: string[], chosen: string[]}} options */
export function channelOrder({ name, legend, hint, all, chosen }) {
  const id = freshId(name);
  let rows = inOrder(all, chosen);
  const list = h('ol', { class: 'channel-order' });
  const error = h('p', { class: 'field-error', id: `${id}-error`, hidden: true });
  const element = h(
    'fieldset',
    { class: 'field', dataset: { field: name }, 'aria-describedby': `${id}-hint ${error.id}` },
    h('legend', { class: 'field-label' }, legend),
    h('p', { class: 'field-hint', id: `${id}-hint` }, hint),
    list,
    error,
  );

  function move(from, to, sign) {
    rows = moved(rows, from, to);
    draw();
    const line = list.children[to];
    const same = line.querySelector(`[data-move="${sign}"]:not(:disabled)`);
    (same ?? line.querySelector('[data-move]:not(:disabled)')).focus();
  }

  function mover(index, sign, label) {
    return h('button', {
      type: 'button', class: 'dialog-close', dataset: { move: sign }, 'aria-label': label,
      disabled: index + sign < 0 || index + sign >= rows.length, on: { click: () => move(index, index + sign, sign) },
    }, icon('up', sign > 0 ? 'icon-down' : ''));
  }

  function draw() {
    list.replaceChildren(...rows.map((row, index) => {
      const label = t(`channel.${row.channel}`);
      const box = h('input', {
        type: 'checkbox', checked: row.on, on: { change: () => { row.on = box.checked; } },
      });
      return h(
        'li',
        { class: 'channel-line', dataset: { channel: row.channel } },
        h('label', { class: 'check' }, box, h('span', {}, label)),
        mover(index, -1, t('preferences.earlier', { channel: label })),
        mover(index, 1, t('preferences.later', { channel: label })),
      );
    }));
  }

  draw();
  element.read = () => rows.filter((row) => row.on).map((row) => row.channel);
  element.setError = (text) => {
    error.textContent = text ?? '';
    error.hidden = !text;
    element.classList.toggle('field-bad', Boolean(text));
  };
  element.focusControl = () => list.querySelector('input')?.focus();
  return element;
}
