/** The packets of Socket.IO over one WebSocket (Engine.IO 4, Socket.IO protocol 5), as far as the console needs them. */

const ENGINE = { open: '0', ping: '2', message: '4' };
const CONNECTED = '0';
const LEFT = '1';
const EVENT = '2';
const ANSWER = '3';
const REFUSED = '4';

export const PONG = '3';
export const CONNECT = '40';

/** Something that is asked, and the number under which the answer comes. */
export const ask = (number, name, ...values) => `42${number}${JSON.stringify([name, ...values])}`;

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // not for us: whoever reads it treats it as something unknown
  }
}

function message(text) {
  const kind = text[0];
  const rest = text.slice(1);
  if (kind === CONNECTED) return { kind: 'connected' };
  if (kind === LEFT) return { kind: 'left' };
  if (kind === REFUSED) return { kind: 'refused', code: parsed(rest)?.data?.code ?? null };
  const [, number, body] = /^(\d*)([\s\S]*)$/.exec(rest);
  const values = parsed(body);
  if (!Array.isArray(values)) return { kind: 'unknown' };
  if (kind === EVENT) return { kind: 'event', name: String(values[0]), data: values[1] ?? null };
  if (kind === ANSWER) return { kind: 'answer', number: Number(number), value: values[0] ?? null };
  return { kind: 'unknown' };
}

/** @param {string} text one frame @returns {{kind: string} & Record<string, any>} `unknown` for what we do not need */
export function readPacket(text) {
  if (typeof text !== 'string' || text === '') return { kind: 'unknown' };
  if (text[0] === ENGINE.ping) return { kind: 'ping' };
  if (text[0] === ENGINE.message && text.length > 1) return message(text.slice(1));
  if (text[0] !== ENGINE.open) return { kind: 'unknown' };
  const { pingInterval = 0, pingTimeout = 0 } = parsed(text.slice(1)) ?? {};
  return { kind: 'open', silenceMilliseconds: pingInterval + pingTimeout };
}
