/** One layer of a schedule on call: who takes turns, in which order, how long a turn is, when it is handed over. */
import { h, freshId } from './dom.js';
import { button } from './buttons.js';
import { icon } from './icons.js';
import { selectOf } from './choices.js';
import { t, word } from '../i18n.js';

const ROTATIONS = ['daily', 'weekly', 'custom'];

function labelled(label, control) {
  const id = freshId('layer');
  control.id = id;
  return h('div', { class: 'layer-part' }, h('label', { for: id }, label), control);
}

/**
 * @param {object[]} people whom one may choose @param {object} layer as the server has it
 * @param {{number: number, remove: () => void}} options
 */
export function layerEditor(people, layer, { number, remove }) {
  let chosen = [...layer.participants];
  const list = h('ol', { class: 'turns' });
  const add = h('select', { on: { change: () => put(add.value) } });
  const rotation = selectOf(ROTATIONS.map((value) => ({ value, text: t(`onCall.rotation.${value}`) })), layer.rotation, {
    change: () => (hoursPart.hidden = rotation.value !== 'custom'),
  });
  const hours = h('input', { type: 'number', min: 1, max: 744, step: 1, value: String(layer.hours ?? 12) });
  const hoursPart = labelled(t('onCall.hours'), hours);
  const handover = h('input', { type: 'time', value: layer.handover });
  const start = h('input', { type: 'date', value: layer.startDate });
  const end = h('input', { type: 'date', value: layer.endDate ?? '' });
  const nameOf = (id) => people.find((person) => person.id === id)?.name ?? t('onCall.gone');

  function put(id) {
    if (id && !chosen.includes(id)) chosen.push(id);
    show();
    add.focus();
  }

  function move(index, by) {
    const [one] = chosen.splice(index, 1);
    chosen.splice(index + by, 0, one);
    show();
  }

  function show() {
    const small = (sign, label, work, disabled = false) => h(
      'button',
      { type: 'button', class: 'dialog-close', 'aria-label': label, disabled, on: { click: work } },
      icon(sign),
    );
    list.replaceChildren(...chosen.map((id, index) => h(
      'li',
      {},
      h('span', {}, nameOf(id)),
      small('up', t('onCall.earlier', { name: nameOf(id) }), () => move(index, -1), index === 0),
      small('cross', t('onCall.takeOut', { name: nameOf(id) }), () => {
        chosen = chosen.filter((each) => each !== id);
        show();
        add.focus();
      }),
    )));
    const left = people.filter((person) => !chosen.includes(person.id));
    add.replaceChildren(
      h('option', { value: '' }, t('onCall.addPerson')),
      ...left.map((person) => h('option', { value: person.id }, `${person.name} (${word('role', person.role)})`)),
    );
  }

  show();
  hoursPart.hidden = rotation.value !== 'custom';
  const element = h(
    'fieldset',
    { class: 'layer' },
    h('legend', {}, t('onCall.layer', { number })),
    list,
    labelled(t('onCall.participants'), add),
    h(
      'div',
      { class: 'field-pair' },
      labelled(t('onCall.rotation'), rotation),
      hoursPart,
      labelled(t('onCall.handover'), handover),
      labelled(t('onCall.start'), start),
      labelled(t('onCall.end'), end),
    ),
    number > 1 && button({ label: t('onCall.removeLayer'), kind: 'quiet', on: { click: remove } }),
  );
  return {
    element,
    isEmpty: () => chosen.length === 0,
    read: () => ({
      participants: chosen,
      rotation: rotation.value,
      ...(rotation.value === 'custom' ? { hours: Number(hours.value) } : {}),
      handover: handover.value,
      startDate: start.value,
      ...(end.value ? { endDate: end.value } : {}),
      ...(layer.week ? { week: layer.week } : {}),
    }),
  };
}
