/** Joins board, link, filter and pause to one audible state, and says what it is. */
import { createEmitter } from './emitter.js';
import * as policy from '../pure/sound-policy.js';

/** @param {{board: object, sound: object}} options */
export function createAlarm({ board, sound }) {
  const changed = createEmitter();
  let pause = null;
  let filter = () => true;
  let timer = 0;

  const audible = () => board.alerts().filter((alert) => filter(alert) || policy.soundsDespiteFilter(alert));

  function update(restart = false) {
    const now = performance.now();
    if (pause && !policy.isPaused(pause, now)) pause = null;
    sound.play(policy.signalFor({ alerts: audible(), pause, lost: board.lost, now }), restart);
    changed.emit();
  }

  const stops = [
    board.on(({ changes, source }) => {
      const news = source !== 'first' && changes.some((c) => c.kind === 'added' || c.kind === 'escalated');
      update(news && changes.some((c) => c.kind !== 'removed' && c.alert.status === 'active'));
    }),
    board.onLink(() => update()),
    sound.on(() => changed.emit()),
  ];

  return {
    on: changed.on,
    /** Milliseconds that the pause still lasts; 0 without one. */
    get pausedFor() {
      return pause ? Math.max(0, pause.until - performance.now()) : 0;
    },
    pause() {
      pause = policy.startPause(board.alerts(), performance.now());
      clearTimeout(timer);
      timer = setTimeout(update, policy.PAUSE_MILLISECONDS + 10);
      update();
    },
    resume() {
      pause = null;
      clearTimeout(timer);
      update();
    },
    /** @param {(alert: object) => boolean} value which alerts this person looks at */
    setFilter(value) {
      filter = value;
      update();
    },
    stop() {
      clearTimeout(timer);
      for (const stop of stops) stop();
      sound.stop();
    },
  };
}
