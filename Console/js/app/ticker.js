/** Calls everybody who shows time once a second, on the server's full second, with the server's time. */
import { createEmitter } from './emitter.js';

export function createTicker(clock) {
  const { on, emit } = createEmitter();

  function tick() {
    const now = clock.now();
    emit(now);
    const rest = Number.isFinite(now) ? 1000 - (now % 1000) : 1000;
    setTimeout(tick, rest + 4);
  }
  setTimeout(tick, 0);

  return {
    /** @param {(serverNow: number) => void} listener called at once and then each second */
    on(listener) {
      listener(clock.now());
      return on(listener);
    },
  };
}
