/** Wall mode: the board alone on the screen, sized so that all rows fit and the room can be read from afar. */

/** More than this does not stay readable from three metres; the rest is counted in words. */
export const MOST_ON_WALL = 12;
const ROWS_IN_ONE_COLUMN = 6;
const FEWEST_ROWS = 3;

const root = document.documentElement;

export const isWall = () => root.dataset.wall === 'on';

/** @param {boolean} on @param {{fullScreen?: boolean}} options */
export function setWall(on, { fullScreen = true } = {}) {
  if (on) root.dataset.wall = 'on';
  else delete root.dataset.wall;
  if (!fullScreen) return;
  const refused = () => {}; // a browser that refuses full screen still has wall mode inside its window
  if (on && root.requestFullscreen) root.requestFullscreen().catch(refused);
  if (!on && document.fullscreenElement) document.exitFullscreen().catch(refused);
}

/** Leaving full screen with Escape leaves wall mode too. @param {() => void} onLeave */
export function watchFullScreen(onLeave) {
  const changed = () => {
    if (!document.fullscreenElement && isWall()) onLeave();
  };
  document.addEventListener('fullscreenchange', changed);
  return () => document.removeEventListener('fullscreenchange', changed);
}

/** Divides the height among the rows. @param {HTMLElement} list @param {number} count */
export function layOutWall(list, count) {
  const shown = Math.min(count, MOST_ON_WALL);
  const columns = shown > ROWS_IN_ONE_COLUMN ? 2 : 1;
  const rows = Math.max(FEWEST_ROWS, Math.ceil(shown / columns));
  list.style.setProperty('--rows', String(rows));
  list.dataset.columns = String(columns);
}
