/** A press is kept when what was pressed moves or is drawn anew under the pointer before it is let go: pages are live. */

const PRESSABLE = 'button, a[href], summary, label';
/** Whoever moves further has thought better of it. */
const NEAR_PIXELS = 10;

const nameOf = (element) =>
  [element.localName, element.dataset.key ?? '', element.getAttribute('aria-label') ?? element.textContent.trim()].join('\n');

/** The one that stands where the pressed one stood, after everything was drawn anew. */
function twinOf(name) {
  const twins = [...document.querySelectorAll(PRESSABLE)].filter((each) => nameOf(each) === name);
  return twins.length === 1 ? twins[0] : null;
}

export function keepPresses() {
  let press = null;

  /** A finger's click comes by itself, later and to what is there then. */
  function down(event) {
    const element = event.pointerType !== 'touch' && event.button === 0 ? event.target.closest?.(PRESSABLE) : null;
    press = element && { element, name: nameOf(element), x: event.clientX, y: event.clientY };
  }

  function up(event) {
    const mine = press;
    if (!mine) return;
    if (Math.hypot(event.clientX - mine.x, event.clientY - mine.y) > NEAR_PIXELS) {
      press = null;
      return;
    }
    // The browser's own click comes with this event, or not at all.
    setTimeout(() => {
      if (press !== mine) return;
      press = null;
      const element = mine.element.isConnected ? mine.element : twinOf(mine.name);
      // What lies behind a dialog that came meanwhile is out of reach.
      const dialog = document.querySelector('dialog[open]');
      if (!dialog || dialog.contains(element)) element?.click();
    });
  }

  function clicked(event) {
    if (press?.element.contains(event.target)) press = null;
  }

  document.addEventListener('pointerdown', down, true);
  document.addEventListener('pointerup', up, true);
  document.addEventListener('click', clicked, true);
  document.addEventListener('pointercancel', () => { press = null; }, true);
}
