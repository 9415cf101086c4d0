/** A ward screen: one department's board on a wall, alone for months. It asks nobody anything. */
import { h, setText } from '../ui/dom.js';
import { brandMark } from '../ui/icons.js';
import { banners } from '../ui/banners.js';
import { linkLight } from '../ui/link-light.js';
import { spareThePanel } from '../ui/spare-panel.js';
import { keepAwake } from '../app/wakelock.js';
import { boardView } from './board.js';
import { t } from '../i18n.js';

/** @param {object} app */
export function screenView(app) {
  const board = boardView(app, {}, { screen: true });
  const light = linkLight(app);
  const strips = banners(app, { kiosk: true });
  const department = h('p', { class: 'screen-department' });
  const hospital = h('p', { class: 'screen-hospital' });
  const head = h('header', { class: 'screen-head' }, brandMark(), h('div', {}, department, hospital), light.element);
  const main = h('main', { class: 'main', id: 'main', tabindex: '-1' }, board.element);
  const element = h('div', { class: 'shell screen' }, head, strips.element, main);

  function showNames() {
    const { current } = app.session;
    if (!current) return;
    setText(
      department,
      app.lookups.departmentName(current.screen?.departmentId) || current.screen?.name || t('app.name'),
    );
    setText(hospital, [current.hospital?.name, current.screen?.name].filter(Boolean).join(' · '));
  }

  const stops = [app.session.on(showNames), app.lookups.on(showNames), keepAwake(), spareThePanel(element)];
  showNames();
  return {
    title: t('screen.title'),
    element,
    heading: board.heading,
    keys: {},
    destroy() {
      for (const stop of stops) stop();
      board.destroy();
      light.destroy();
      strips.destroy();
    },
  };
}
