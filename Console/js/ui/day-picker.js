/** One day to look at, with ways to the one before and the one after. */
import { h } from './dom.js';
import { button } from './buttons.js';
import { field } from './forms.js';
import { addDays, dayOf, midnight } from '../pure/week-plan.js';
import { t } from '../i18n.js';

/**
 * @param {object} app @param {() => void} moved
 * @returns {{element: HTMLElement, day: () => string, isToday: () => boolean, span: () => {from: string, to: string}}}
 */
export function dayPicker(app, moved) {
  const zone = app.session.current?.hospital?.timeZone;
  const today = () => dayOf(app.clock.now(), zone);
  const control = h('input', { type: 'date', value: today(), on: { change } });
  const step = (label, spoken, go) =>
    button({ label, 'aria-label': spoken, on: { click: () => choose(go()) } });
  const element = h(
    'div',
    { class: 'day-picker', role: 'group', 'aria-label': t('dayPick.group') },
    field({ label: t('dayPick.label'), name: 'day', control }),
    step('←', t('dayPick.back'), () => addDays(day(), -1)),
    step(t('dayPick.today'), t('dayPick.today'), today),
    step('→', t('dayPick.next'), () => addDays(day(), 1)),
  );

  const day = () => control.value || today();

  function choose(next) {
    control.value = next;
    moved();
  }

  /** A day that is cleared means today. */
  function change() {
    if (!control.value) control.value = today();
    moved();
  }

  return {
    element,
    day,
    choose,
    span: () => ({
      from: new Date(midnight(day(), zone)).toISOString(),
      to: new Date(midnight(addDays(day(), 1), zone)).toISOString(),
    }),
  };
}
