/**
 * What Ward tells this person besides the alerts themselves: over the board's stream, or over a socket for those
 * who do not see alerts.
 */
import { createEmitter } from './emitter.js';
import { createSocket } from '../net/socket.js';

/** @param {{board: object, watching: boolean}} options */
export function createNews({ board, watching }) {
  const said = createEmitter();
  const renewed = createEmitter();
  if (watching) {
    let wasOpen = false;
    const stops = [
      board.onOther(said.emit),
      board.onLink(() => {
        const isOpen = board.link?.phase === 'open';
        if (isOpen && !wasOpen) renewed.emit();
        wasOpen = isOpen;
      }),
    ];
    return { on: said.on, onRenewed: renewed.on, stop: () => stops.forEach((stop) => stop()) };
  }
  const socket = createSocket({ onEvent: said.emit, onState: (state) => state === 'live' && renewed.emit() });
  socket.start();
  return {
    /** @type {(listener: (event: {name: string, data: any}) => void) => () => void} */
    on: said.on,
    /** The line is open (again): what was said meanwhile may be missing. */
    onRenewed: renewed.on,
    stop: socket.stop,
  };
}
