/** A list of listeners. A listener that throws is reported and does not keep the others from hearing. */
export function createEmitter() {
  const listeners = new Set();
  return {
    /** @param {(value: any) => void} listener @returns {() => void} stops listening */
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit(value) {
      for (const listener of [...listeners]) {
        if (!listeners.has(listener)) continue; // left while the others were being told
        try {
          listener(value);
        } catch (error) {
          console.error(error);
        }
      }
    },
  };
}
