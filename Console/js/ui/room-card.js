/** One doctor on the screen of a waiting room: the number that is with him, large, and those who come next. */
import { h } from './dom.js';
import { plural, t } from '../i18n.js';

function nextOf({ number, minutes }) {
  return h(
    'li',
    { class: 'room-next', dataset: { number: String(number) } },
    h('strong', {}, String(number)),
    h('span', {}, minutes > 0 ? t('waitingRoom.minutes', { count: minutes }) : t('waitingRoom.soon')),
  );
}

/** @param {object} row as `roomRows` makes it @param {boolean} isCalled a number was called just now */
export function roomCard({ doctorId, name, now, next, more }, isCalled) {
  const title = name || t('waitingRoom.doctor');
  return h(
    'li',
    { class: 'room-card', dataset: { doctorId, called: String(isCalled) } },
    h('h2', {}, title),
    h(
      'p',
      { class: 'room-now', dataset: { count: String(now.length) } },
      h('span', { class: 'room-word' }, t('waitingRoom.now')),
      now.length > 0 ? now.map((number) => h('strong', {}, String(number))) : h('strong', { class: 'room-nobody' }, '–'),
    ),
    h(
      'div',
      { class: 'room-behind' },
      h('span', { class: 'room-word' }, t('waitingRoom.next')),
      next.length > 0 ? h('ol', {}, next.map(nextOf)) : h('span', { class: 'room-nobody' }, '–'),
      more > 0 && h('span', { class: 'room-more' }, plural('waitingRoom.more', more)),
    ),
  );
}
