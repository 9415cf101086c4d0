/** What can be set at the screen of a waiting room: whose queues it shows, and the whole display. Kept in this browser. */
import { h } from './dom.js';
import { button } from './buttons.js';
import { openDialog } from './dialog.js';
import { readPref, writePref } from '../app/prefs.js';
import { t } from '../i18n.js';

const PREF = 'waitingRoom';

/** @param {object} app @param {{namesOf: () => Map<string, string>, changed: () => void}} options */
export function roomTools(app, { namesOf, changed }) {
  const chosen = () => (readPref(PREF) ?? '').split(' ').filter(Boolean);

  function choose() {
    const before = new Set(chosen());
    const doctors = [...namesOf()].filter(([, name]) => name).sort((one, other) => one[1].localeCompare(other[1]));
    const boxes = doctors.map(([value, name]) => {
      const input = h('input', { type: 'checkbox', value, checked: before.has(value) });
      return { input, element: h('label', { class: 'check' }, input, h('span', {}, name)) };
    });
    const keep = (close) => {
      const ids = boxes.filter(({ input }) => input.checked).map(({ input }) => input.value);
      writePref(PREF, ids.length > 0 ? ids.join(' ') : null);
      close();
      changed();
    };
    openDialog({
      title: t('waitingRoom.choose'),
      fallbackFocus: () => app.focusMain(),
      body: (close) => [h(
        'div',
        { class: 'dialog-form' },
        h('p', { class: 'dialog-intro' }, t('waitingRoom.chooseIntro')),
        h('div', { class: 'room-choices' }, boxes.map((each) => each.element)),
        h('div', { class: 'dialog-actions' }, button({ label: t('common.done'), kind: 'primary', on: { click: () => keep(close) } })),
      )],
    });
  }

  const refused = () => {}; // a browser that refuses full screen still shows the page inside its window
  const whole = () => {
    if (document.fullscreenElement) document.exitFullscreen().catch(refused);
    else document.documentElement.requestFullscreen?.().catch(refused);
  };
  const element = h(
    'div',
    { class: 'room-tools' },
    button({ label: t('waitingRoom.doctors'), icon: 'staff', kind: 'quiet', on: { click: choose } }),
    button({ label: t('waitingRoom.whole'), icon: 'wall', kind: 'quiet', on: { click: whole } }),
  );
  return { element, chosen };
}
