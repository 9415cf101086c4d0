/**
 * A socket of Ward's (Socket.IO over a WebSocket) for one room: opened with the browser's session, subscribed, kept
 * open with growing waits between tries, given up where the room is refused.
 */
import { retryDelay } from '../pure/backoff.js';
import { CONNECT, PONG, ask, readPacket } from '../pure/socket-packets.js';

/** Until the server has said how often it gives a sign of life. */
const USUAL_SILENCE_MILLISECONDS = 45_000;
const REFUSALS = new Set(['FORBIDDEN', 'NOT_FOUND', 'BAD_REQUEST']);
const QUESTION = 1;

const address = () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/socket.io/?EIO=4&transport=websocket`;

/**
 * @param {object} options
 * @param {[string, ...any]|null} [options.subscription] such as `['subscribe:queues']`; without one only what comes by
 *   being who one is
 * @param {(event: {name: string, data: any}) => void} options.onEvent
 * @param {(state: 'connecting'|'live'|'refused') => void} [options.onState]
 */
export function createSocket({ subscription = null, onEvent, onState = () => {} }) {
  let socket = null;
  let attempt = 0;
  let retryTimer = 0;
  let watchTimer = 0;
  let silence = USUAL_SILENCE_MILLISECONDS;
  let state = null;
  let running = false;

  function tell(next) {
    if (next === state) return;
    state = next;
    onState(next);
  }

  /** The line may look open although nobody is at the other end any more. */
  function watch() {
    clearTimeout(watchTimer);
    watchTimer = setTimeout(() => socket?.close(), silence);
  }

  function live() {
    attempt = 0;
    tell('live');
  }

  function answered({ number, value }) {
    if (number !== QUESTION) return;
    if (value?.ok) return live();
    if (!REFUSALS.has(value?.code)) return socket.close();
    stop();
    tell('refused');
  }

  function heard(packet) {
    switch (packet.kind) {
      case 'open':
        if (packet.silenceMilliseconds > 0) silence = packet.silenceMilliseconds;
        return socket.send(CONNECT);
      case 'ping': return socket.send(PONG);
      case 'connected': return subscription ? socket.send(ask(QUESTION, ...subscription)) : live();
      case 'answer': return answered(packet);
      case 'event': return onEvent({ name: packet.name, data: packet.data });
      case 'left': case 'refused': return socket.close();
      default: return undefined;
    }
  }

  function open() {
    tell('connecting');
    const mine = new WebSocket(address());
    socket = mine;
    watch();
    mine.addEventListener('message', ({ data }) => {
      if (socket !== mine) return;
      watch();
      heard(readPacket(data));
    });
    mine.addEventListener('close', () => {
      if (socket === mine) again();
    });
  }

  function again() {
    clearTimeout(watchTimer);
    socket = null;
    if (!running) return;
    attempt += 1;
    tell('connecting');
    retryTimer = setTimeout(open, retryDelay(attempt + 1));
  }

  function stop() {
    running = false;
    clearTimeout(retryTimer);
    clearTimeout(watchTimer);
    const last = socket;
    socket = null;
    last?.close();
  }

  return {
    start() {
      if (running) return;
      running = true;
      open();
    },
    stop,
    get state() {
      return state;
    },
  };
}
