/**
 * Reads a `text/event-stream` piece by piece, as the HTML standard describes it.
 * Pure: give it decoded text, get the complete events back. Comment lines come back as `{comment}`,
 * because Ward's heartbeat is one and proves that the line is alive.
 */

/** @typedef {{id: string|null, name: string, data: string}} StreamEvent */
/** @typedef {{comment: string}} StreamComment */

/** One event may not grow past this; a runaway line must not fill the memory of an unattended screen. */
const MAX_EVENT_CHARACTERS = 4_000_000;

export function createSseParser() {
  let buffer = '';
  let skipLineFeed = false;
  let atStart = true;
  let lastId = null;
  let name = '';
  let data = [];
  let size = 0;

  /** @param {string} line @param {(StreamEvent|StreamComment)[]} out */
  function takeLine(line, out) {
    if (line === '') {
      if (data.length > 0) out.push({ id: lastId, name: name || 'message', data: data.join('\n') });
      name = '';
      data = [];
      size = 0;
      return;
    }
    if (line.startsWith(':')) {
      out.push({ comment: line.slice(1).trim() });
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    let value = colon < 0 ? '' : line.slice(colon + 1);
    if (value.startsWith(' ')) value = value.slice(1);
    if (field === 'event') name = value;
    else if (field === 'id' && !value.includes('\0')) lastId = value;
    else if (field === 'data') {
      size += value.length;
      if (size > MAX_EVENT_CHARACTERS) throw new RangeError('event too large');
      data.push(value);
    }
  }

  return {
    /** @param {string} text @returns {(StreamEvent|StreamComment)[]} */
    push(text) {
      const out = [];
      let chunk = text;
      if (atStart && chunk.length > 0) {
        if (chunk.charCodeAt(0) === 0xfeff) chunk = chunk.slice(1);
        atStart = false;
      }
      if (skipLineFeed && chunk.startsWith('\n')) chunk = chunk.slice(1);
      if (chunk.length > 0) skipLineFeed = false;
      buffer += chunk;
      let start = 0;
      for (let i = 0; i < buffer.length; i += 1) {
        const c = buffer[i];
        if (c !== '\n' && c !== '\r') continue;
        takeLine(buffer.slice(start, i), out);
        if (c === '\r') {
          if (i + 1 === buffer.length) skipLineFeed = true;
          else if (buffer[i + 1] === '\n') i += 1;
        }
        start = i + 1;
      }
      buffer = buffer.slice(start);
      if (buffer.length > MAX_EVENT_CHARACTERS) throw new RangeError('line too large');
      return out;
    },
  };
}
