/** The strips across the whole width that nobody can overlook: not live, no sound, sound paused. */
import { h, setText } from './dom.js';
import { button } from './buttons.js';
import { icon } from './icons.js';
import { afterPress } from './press-end.js';
import { t } from '../i18n.js';
import { liveUntil } from '../pure/link-state.js';
import { formatCountdown, formatDuration } from '../pure/durations.js';

/** @param {object} app @param {{kiosk?: boolean}} [options] */
export function banners(app, { kiosk = false } = {}) {
  const lostText = h('p', { class: 'banner-title' });
  const lostDetail = h('p', { class: 'banner-detail' });
  const tryNow = button({ label: t('lost.tryNow'), kind: 'plain', on: { click: () => app.board.reconnect() } });
  const lost = h('div', { class: 'banner banner-lost', role: 'alert', hidden: true, dataset: { banner: 'lost' } });
  const lostFor = h('p', { class: 'banner-detail', 'aria-hidden': true });

  const soundText = h('p', { class: 'banner-title' });
  const turnOn = button({
    label: t('sound.turnOn'),
    icon: 'sound',
    kind: 'plain',
    on: { click: () => app.sound.turnOn() },
  });
  const muted = h('div', { class: 'banner banner-sound', role: 'alert', hidden: true, dataset: { banner: 'sound' } });
  muted.append(icon('paused'), soundText, turnOn);

  const pausedText = h('p', { class: 'banner-title' });
  const resume = button({
    label: t('sound.resume'),
    icon: 'sound',
    kind: 'plain',
    on: { click: () => app.alarm.resume() },
  });
  const paused = h('div', { class: 'banner banner-paused', hidden: true, dataset: { banner: 'paused' } });
  paused.append(icon('paused'), pausedText, resume);

  function showLink() {
    const { lost: isLost, link } = app.board;
    document.documentElement.toggleAttribute('data-lost', isLost);
    if (!isLost) {
      if (!lost.hidden) {
        lost.hidden = true;
        lost.replaceChildren();
        app.announcer.polite(t('lost.back'));
      }
      return;
    }
    const since = liveUntil(link);
    const known = since !== null && app.clock.known;
    setText(lostText, known ? t('lost.title', { time: app.time.second(app.clock.at(since)) }) : t('lost.neverTitle'));
    setText(lostDetail, t('lost.detail'));
    if (lost.hidden) {
      lost.hidden = false;
      lost.append(
        icon('broken'),
        h('div', { class: 'banner-words' }, lostText, lostDetail),
        lostFor,
        kiosk ? '' : tryNow,
      );
    }
  }

  function showSound() {
    const { status } = app.sound;
    // It comes at once and goes when nobody presses anything: the first press is what ends it.
    if (app.watching && status !== 'ready') muted.hidden = false;
    else afterPress(() => { muted.hidden = !app.watching || app.sound.status === 'ready'; });
    setText(soundText, status === 'none' ? t('sound.none') : t('sound.blocked'));
    turnOn.hidden = status === 'none';
    document.documentElement.toggleAttribute('data-silent', status !== 'ready');
  }

  function tick() {
    const left = app.alarm.pausedFor;
    if (paused.hidden && left > 0) app.announcer.polite(t('sound.pausedSpoken'));
    paused.hidden = left === 0;
    if (left > 0) setText(pausedText, t('sound.paused', { time: formatCountdown(left) }));
    const since = app.board.link && liveUntil(app.board.link);
    if (!lost.hidden) setText(lostFor, since === null ? '' : formatDuration(performance.now() - since));
  }

  const stops = [app.board.onLink(showLink), app.alarm.on(() => { showSound(); tick(); }), app.ticker.on(tick)];
  showSound();
  return {
    element: h('div', { class: 'banners' }, lost, muted, paused),
    destroy() {
      for (const stop of stops) stop();
      document.documentElement.removeAttribute('data-lost');
    },
  };
}
