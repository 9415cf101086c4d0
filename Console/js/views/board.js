/** The live board. Also the ward screen's board, which is read-only and always in wall mode. */
import { h, setText } from '../ui/dom.js';
import { button } from '../ui/buttons.js';
import { boardList } from '../ui/board-list.js';
import { boardStates } from '../ui/board-states.js';
import { createBatch } from '../ui/batch.js';
import { actionKeys } from '../ui/action-bar.js';
import { filterControl, passes, readFilter } from '../ui/filter.js';
import { MOST_ON_WALL, isWall, layOutWall, setWall, watchFullScreen } from '../ui/wall.js';
import { t, plural } from '../i18n.js';
import { countByStatus } from '../pure/board-state.js';
import { soundsDespiteFilter } from '../pure/sound-policy.js';

/** @param {object} app @param {object} _params @param {{screen?: boolean}} [options] */
export function boardView(app, _params, { screen = false } = {}) {
  let shown = [];
  const batch = screen ? null : createBatch(app, { shown: () => shown, onChange: () => batch.show(list) });
  const list = boardList(app, { readOnly: screen, onPick: batch?.pick });
  const states = boardStates(app);
  const counts = h('p', { class: 'board-counts' });
  const overflow = h('p', { class: 'wall-overflow', hidden: true });
  const outside = h('p', { class: 'outside' });
  const showAll = button({ label: t('board.showAll'), kind: 'quiet', on: { click: clearFilter } });
  const outsideStrip = h('div', { class: 'outside-strip', hidden: true }, outside, showAll);
  const ownDepartment = screen ? app.session.current?.screen?.departmentId ?? '' : null;
  let pass = passes(screen ? ownDepartment : readFilter());
  const filter = screen ? null : filterControl(app, chooseFilter);
  const wallButton = screen ? null : button({
    label: t('board.wall'),
    icon: 'wall',
    kind: 'quiet',
    on: { click: toggleWall },
  });
  const leaveWall = h(
    'button',
    { type: 'button', class: 'leave-wall', on: { click: toggleWall } },
    t('board.leaveWall'),
  );

  const heading = h('h1', { tabindex: '-1', class: 'page-title' }, t('board.title'));
  const head = h('div', { class: 'board-head' }, h('div', { class: 'board-heading' }, heading, counts));
  // In the head, where no alert's line ends: a wall must hide nothing.
  if (!screen) head.append(h('div', { class: 'board-tools' }, filter.element, wallButton), leaveWall);
  const element = h(
    'div',
    { class: 'board live' },
    head,
    outsideStrip,
    batch?.results,
    states.element,
    list.element,
    overflow,
    batch?.bar,
  );

  function chooseFilter(departmentId) {
    pass = passes(departmentId);
    app.alarm.setFilter(pass);
    render();
  }

  function clearFilter() {
    filter.element.querySelector('select').value = '';
    filter.element.querySelector('select').dispatchEvent(new Event('change'));
    filter.focus();
  }

  function toggleWall() {
    setWall(!isWall());
    render();
    return true;
  }

  function render() {
    const all = app.board.alerts();
    shown = all.filter(pass);
    const urgentOutside = all.filter(
      (alert) => !pass(alert) && soundsDespiteFilter(alert) && alert.status === 'active',
    );
    list.show(shown);
    batch?.show(list);
    layOutWall(list.element, shown.length);
    const { waiting, answered } = countByStatus(shown);
    setText(
      counts,
      app.board.loaded ? `${plural('board.waiting', waiting)} · ${plural('board.answered', answered)}` : '',
    );
    setText(outside, plural('board.outside', urgentOutside.length));
    outsideStrip.hidden = screen || urgentOutside.length === 0;
    const rest = shown.length - MOST_ON_WALL;
    overflow.hidden = rest <= 0;
    setText(overflow, plural('board.overflow', Math.max(rest, 0)));
    states.show(shown.length);
  }

  function move(step, { extend = false } = {}) {
    const at = list.focusedIndex();
    const next = at < 0 ? (step > 0 ? 0 : list.size - 1) : at + step;
    if (next < 0 || next >= list.size) return;
    if (extend && at >= 0) pick(true);
    list.focusAt(next);
    if (extend) pick(true);
  }

  /** Chooses the card that has the focus, or all from the last chosen one to it. */
  function pick(extend) {
    return !isWall() && batch.pick(list.focusedId(), extend);
  }

  /** Arrow keys move between cards once one has the focus; before that they scroll the page as everywhere. */
  function moveInside(step) {
    if (list.focusedIndex() < 0) return false;
    move(step);
    return true;
  }

  const stops = [
    app.board.on(render),
    app.lookups.on(() => {
      filter?.fill();
      render();
    }),
    app.session.on(render),
    app.ticker.on(list.tick),
    watchFullScreen(() => {
      if (screen) return;
      setWall(false);
      render();
    }),
  ];
  app.alarm.setFilter(pass);
  if (screen) setWall(true, { fullScreen: false });
  render();

  return {
    title: t('board.title'),
    element,
    heading,
    keys: screen ? {} : {
      j: () => move(1), k: () => move(-1), ArrowDown: () => moveInside(1), ArrowUp: () => moveInside(-1),
      J: () => move(1, { extend: true }), K: () => move(-1, { extend: true }),
      ...actionKeys((actions) => list.run(list.focusedIndex(), actions)),
      x: () => pick(false), X: () => pick(true),
      o: () => document.activeElement?.closest('.card')?.querySelector('a')?.click(),
      '/': () => filter.focus(), w: toggleWall, Escape: () => (isWall() ? toggleWall() : batch.clear()),
    },
    destroy() {
      for (const stop of stops) stop();
      if (!screen) setWall(false);
    },
  };
}
