/** Keeps a display from going dark where the browser can do that; where it cannot, the kiosk's own setting must. */
export function keepAwake() {
  let lock = null;
  let wanted = true;
  async function ask() {
    if (!wanted || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    try {
      lock = await navigator.wakeLock.request('screen');
    } catch {
      lock = null; // battery saver or plain http: asked again when the page is shown again
    }
  }
  document.addEventListener('visibilitychange', ask);
  ask();
  return () => {
    wanted = false;
    document.removeEventListener('visibilitychange', ask);
    lock?.release();
  };
}
