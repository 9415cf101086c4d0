/** The box under the lamp that chooses an alert for a batch: by mouse, finger, Space; with Shift a whole range. */
import { h, setAttribute } from './dom.js';
import { icon } from './icons.js';
import { t } from '../i18n.js';

/** @param {() => object} alertNow @param {(id: string, extend: boolean) => void} onPick */
export function pickBox(alertNow, onPick) {
  const element = h(
    'button',
    {
      type: 'button',
      role: 'checkbox',
      class: 'pick',
      'aria-checked': 'false',
      hidden: true,
      on: { click: (event) => onPick(alertNow().id, event.shiftKey) },
    },
    h('span', { class: 'pick-face' }, icon('check')),
  );
  return {
    element,
    update() {
      setAttribute(element, 'aria-label', t('batch.pick', { room: alertNow().roomNumber }));
    },
    /** @param {boolean} on @param {boolean} possible whether this person may do anything with a batch */
    show(on, possible) {
      element.hidden = !possible;
      setAttribute(element, 'aria-checked', String(on));
      element.closest('.card')?.toggleAttribute('data-picked', on);
    },
  };
}
