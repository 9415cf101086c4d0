/** A screen in a waiting room: which number is with a doctor, which come next. Numbers only, and nobody's name. */
import { h, setText } from '../ui/dom.js';
import { brandMark, icon } from '../ui/icons.js';
import { createRoomLine } from '../ui/room-line.js';
import { roomCard } from '../ui/room-card.js';
import { roomTools } from '../ui/room-tools.js';
import { spareThePanel } from '../ui/spare-panel.js';
import { debounce } from '../app/debounce.js';
import { createQueues } from '../app/queues.js';
import { applyTheme, chosenTheme } from '../app/theme.js';
import { keepAwake } from '../app/wakelock.js';
import { retryDelay } from '../pure/backoff.js';
import { MOST_DOCTORS, columnsFor, isNight, newlyCalled, roomRows } from '../pure/day-queue.js';
import { wallTime } from '../pure/zoned-time.js';
import { plural, t } from '../i18n.js';

const REFRESH_MILLISECONDS = 60_000;

/** @param {object} app */
export function waitingRoomView(app) {
  const queues = createQueues(app.api);
  let gone = false;
  let turn = 0;
  let timer = 0;
  let failures = 0;
  let names = null;
  let found = [];
  let rows = null;
  const heading = h('h1', { class: 'screen-department', tabindex: '-1' }, t('waitingRoom.title'));
  const hospital = h('p', { class: 'screen-hospital' }, app.session.current?.hospital?.name ?? '');
  const clock = h('time', { class: 'wall-clock' });
  const word = h('span', { class: 'link-word' });
  const state = h('span', { class: 'link-state' }, h('span', { class: 'link-dot', 'aria-hidden': true }), word);
  const light = h('div', { class: 'link-light', dataset: { link: 'connecting' } }, state, clock);
  const tools = roomTools(app, { namesOf: () => names ?? new Map(), changed: () => show() });
  const lost = h('div', { class: 'banner banner-lost room-lost', role: 'alert', hidden: true });
  const list = h('ul', { class: 'room-cards' });
  const note = h('p', { class: 'room-note' }, t('record.loading'));
  const over = h('p', { class: 'room-over', hidden: true });
  const element = h(
    'div',
    { class: 'shell screen waiting-room' },
    h('header', { class: 'screen-head' }, brandMark(), h('div', {}, heading, hospital), tools.element, light),
    lost,
    h('main', { class: 'room-main', id: 'main', tabindex: '-1' }, note, list, over),
  );
  const line = createRoomLine({ onNews: debounce(() => load()), onChange: showLine });

  function show() {
    if (names === null) return;
    const all = roomRows(found, names, tools.chosen());
    const shown = all.slice(0, MOST_DOCTORS);
    const called = rows ? newlyCalled(rows, shown) : [];
    rows = shown;
    const columns = columnsFor(shown.length);
    list.style.setProperty('--across', String(columns));
    list.style.setProperty('--down', String(Math.max(1, Math.ceil(shown.length / columns))));
    list.replaceChildren(...shown.map((row) => roomCard(row, called.some((each) => each.row === row))));
    list.hidden = shown.length === 0;
    note.hidden = shown.length > 0;
    setText(note, t('waitingRoom.none'));
    over.hidden = all.length <= MOST_DOCTORS;
    setText(over, plural('waitingRoom.over', all.length - MOST_DOCTORS));
    for (const { row, number } of called) app.announcer.polite(t('waitingRoom.called', { number, name: row.name }));
  }

  async function load() {
    const mine = (turn += 1);
    clearTimeout(timer);
    try {
      const asked = await Promise.all([
        queues.load(),
        names ?? app.api.findDoctors().then((all) => new Map(all.map((each) => [each.id, each.name]))),
      ]);
      if (gone || mine !== turn) return;
      [found, names] = asked;
      failures = 0;
      if (found.some(({ doctorId }) => !names.has(doctorId))) await renew();
      show();
      line.answered(true);
    } catch (error) {
      if (gone || mine !== turn) return;
      if (!('status' in error)) throw error;
      failures += 1;
      line.answered(false);
    } finally {
      if (!gone && mine === turn) timer = setTimeout(load, failures > 0 ? retryDelay(failures + 1) : REFRESH_MILLISECONDS);
    }
  }

  /** A doctor who came after the screen was opened; one who is found nowhere has no name here. */
  async function renew() {
    const all = await app.api.findDoctors();
    names = new Map([...found.map(({ doctorId }) => [doctorId, '']), ...all.map((each) => [each.id, each.name])]);
  }

  function showLine() {
    const since = line.lostSince;
    light.dataset.link = since !== null ? 'lost' : line.isLive ? 'live' : 'connecting';
    setText(word, t(`link.${light.dataset.link}`));
    element.toggleAttribute('data-lost', since !== null);
    lost.hidden = since === null;
    if (since === null) return lost.replaceChildren();
    if (lost.childElementCount === 0) lost.append(icon('broken'), h(
      'div',
      { class: 'banner-words' },
      h('p', { class: 'banner-title' }, t('waitingRoom.lost', { time: app.time.minute(app.clock.at(since)) })),
      h('p', { class: 'banner-detail' }, t('waitingRoom.lostDetail')),
    ));
  }

  /** Dark by night, unless somebody has chosen otherwise for this browser. */
  function tick(now) {
    setText(clock, app.time.minute(now));
    showLine();
    applyTheme();
    const zone = app.session.current?.hospital?.timeZone;
    if (chosenTheme() === 'system' && isNight(wallTime(now, zone))) document.documentElement.dataset.theme = 'dark';
  }

  const stops = [keepAwake(), spareThePanel(element), app.ticker.on(tick)];
  line.start();
  load();
  return {
    title: t('waitingRoom.title'),
    element,
    heading,
    destroy() {
      gone = true;
      clearTimeout(timer);
      line.stop();
      for (const stop of stops) stop();
    },
  };
}

/** Nobody is signed in, or somebody who does not see appointments. @param {'signedOut'|'forbidden'} reason */
export function waitingRoomOffView(reason) {
  const heading = h('h1', { tabindex: '-1' }, t('waitingRoom.off'));
  const element = h(
    'main',
    { class: 'waiting room-off', id: 'main' },
    brandMark(),
    heading,
    h('p', { role: 'alert' }, t(`waitingRoom.${reason}`)),
    h('a', { href: '/', class: 'button button-primary' }, t('waitingRoom.signIn')),
  );
  return { title: t('waitingRoom.title'), element, heading, destroy() {} };
}
