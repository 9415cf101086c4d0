/** Puts the live parts into the app once it is known who looks, and takes them out again. */
import { createAlarm } from './alarm.js';
import { createBell } from './bell.js';
import { createLiveBoard } from './live-board.js';
import { createLookups } from './lookups.js';
import { createNews } from './news.js';
import { createSound } from './sound.js';
import { announceNews } from '../ui/announce-news.js';
import { tellNotice } from '../ui/notices.js';

const sound = createSound();

/** @param {object} app @returns {() => void} stops everything */
export function startLive(app) {
  const board = createLiveBoard({
    api: app.api,
    clock: app.clock,
    onSignedOut: () => app.session.refresh(),
    onRefused: (status) => (status === 401 ? app.session.ended() : app.session.refresh()),
  });
  const watching = app.session.isScreen || app.session.can('view_alerts');
  if (watching) sound.start();
  const alarm = createAlarm({ board, sound });
  const news = createNews({ board, watching });
  Object.assign(app, { watching, board, news, sound, alarm, lookups: createLookups(app.api) });
  const bell = app.session.isScreen ? null : createBell({ api: app.api, news });
  app.bell = bell;
  const stopNews = board.on(({ changes, source }) => {
    if (source !== 'first') announceNews(app, changes);
  });
  const stopNotices = news.on((event) => tellNotice(app, event));
  const stopDuty = news.on(({ name, data }) => {
    const isMine = name === 'staff:duty_changed' && data?.userId === app.session.current?.user?.id;
    if (isMine) app.session.setDuty(data.isOnDuty === true);
  });
  app.lookups.load();
  bell?.start();
  if (watching) board.start();
  return () => {
    stopNews();
    stopNotices();
    stopDuty();
    bell?.stop();
    news.stop();
    alarm.stop();
    board.stop();
  };
}
