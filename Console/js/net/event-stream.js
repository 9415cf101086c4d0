/**
 * Reads Ward's event stream with fetch, for people (cookie) and for ward screens (Bearer) alike.
 * Reconnects for ever, resumes after the last event, notices silence.
 */
import { createSseParser } from '../pure/sse-parser.js';
import { retryDelay } from '../pure/backoff.js';
import * as state from '../pure/link-state.js';

const CONNECT_TIMEOUT_MILLISECONDS = 10_000;
/** While a credential is refused we ask rarely: it is most likely gone for good. */
const REFUSED_RETRY_MILLISECONDS = 30_000;

/**
 * @param {object} options
 * @param {string} options.url
 * @param {(extra: object) => RequestInit} options.credentials
 * @param {() => number|null} options.lastNumber the last event that the board has taken in
 * @param {(event: {number: number|null, name: string, data: any}, at: number, askedAt: number) => void}
 *   options.onEvent `at`: when it came, `askedAt`: when the stream was asked for
 * @param {(lost: boolean, link: state.Link) => void} options.onLink told when something about the link changes
 * @param {(status: number) => void} options.onRefused 401 or 403
 */
export function createEventStream({ url, credentials, lastNumber, onEvent, onLink, onRefused }) {
  let link = state.newLink(performance.now());
  let abort = null;
  let retryTimer = 0;
  let watchTimer = 0;
  let running = false;
  let askedAt = 0;
  let run = 0;

  function report() {
    clearTimeout(watchTimer);
    if (!running) return;
    const now = performance.now();
    const lost = state.isLost(link, now);
    onLink(lost, link);
    if (state.isSilent(link, now)) {
      abort?.abort();
      return;
    }
    if (!lost) watchTimer = setTimeout(report, state.lostIn(link, now) + 20);
  }

  function deliver(item) {
    if (!('name' in item)) return;
    let data = null;
    try {
      data = JSON.parse(item.data);
    } catch {
      // An unreadable event must not be skipped in silence: take the list instead.
      onEvent({ number: null, name: 'reset', data: null }, performance.now(), askedAt);
      return;
    }
    const number = item.id !== null && /^\d+$/.test(item.id) ? Number(item.id) : null;
    onEvent({ number, name: item.name, data }, performance.now(), askedAt);
  }

  function takeIn(chunk, decoder, parser) {
    const wasOpen = link.phase === 'open';
    link = state.heard(link, performance.now());
    if (!wasOpen) report();
    for (const item of parser.push(decoder.decode(chunk, { stream: true }))) deliver(item);
  }

  /** @returns {Promise<number|null>} how long to wait before the next try, if that is not the usual */
  async function read(mine) {
    const decoder = new TextDecoder();
    const parser = createSseParser();
    const last = lastNumber();
    const extra = { Accept: 'text/event-stream' };
    if (last !== null) extra['Last-Event-ID'] = String(last);
    const line = abort;
    // Runs until the first byte: an answer whose body never comes (a buffering proxy) is no live stream.
    askedAt = performance.now();
    const timer = setTimeout(() => line.abort(), CONNECT_TIMEOUT_MILLISECONDS);
    try {
      const response = await fetch(url, { ...credentials(extra), signal: line.signal });
      if (response.status === 401 || response.status === 403) {
        if (mine === run) onRefused(response.status);
        return REFUSED_RETRY_MILLISECONDS;
      }
      if (!response.ok || !response.body) return null;
      const reader = response.body.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (mine !== run || done) return null;
        clearTimeout(timer);
        takeIn(value, decoder, parser);
      }
    } finally {
      clearTimeout(timer);
      line.abort();
    }
  }

  async function connect() {
    run += 1;
    const mine = run;
    abort = new AbortController();
    let delay = null;
    try {
      delay = await read(mine);
    } catch (error) {
      // Every failure of the line means the same: try again. What is not the line's fault is shown to the developer.
      if (error.name !== 'AbortError' && !(error instanceof TypeError)) console.error(error);
    }
    if (mine !== run || !running) return;
    link = state.broken(link, performance.now());
    report();
    retryTimer = setTimeout(connect, delay ?? retryDelay(link.attempt));
  }

  return {
    start() {
      if (running) return;
      running = true;
      link = state.newLink(performance.now());
      report();
      connect();
    },
    stop() {
      running = false;
      run += 1;
      clearTimeout(retryTimer);
      clearTimeout(watchTimer);
      abort?.abort();
    },
    /** Drops the line and opens a new one now: after sleep, or when the network came back. */
    reconnect() {
      if (!running) return;
      clearTimeout(retryTimer);
      run += 1;
      abort?.abort();
      if (link.phase === 'open') link = state.broken(link, performance.now());
      report();
      connect();
    },
  };
}
