/** What would move the page under a pressed pointer waits until it is let go: nobody then presses what he did not mean. */

let isPressed = false;
const waiting = new Set();

function end() {
  // The browser's click comes with the end of the press.
  setTimeout(() => {
    isPressed = false;
    for (const action of waiting) action();
    waiting.clear();
  });
}

window.addEventListener('pointerdown', () => { isPressed = true; }, true);
for (const kind of ['pointerup', 'pointercancel']) window.addEventListener(kind, end, true);
// Let go outside of the window.
window.addEventListener('pointermove', (event) => { if (isPressed && event.buttons === 0) end(); }, true);

/** @param {() => void} action at once, or when the press is over */
export function afterPress(action) {
  if (isPressed) waiting.add(action);
  else action();
}
