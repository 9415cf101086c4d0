/** One HTTP call to Ward: headers, time-out, the server's time, errors. `api.js` names the calls. */
import { ApiError, errorFrom } from './api-error.js';
import { retryDelay } from '../pure/backoff.js';

const TIMEOUT_MILLISECONDS = 15_000;
const WRITE_ATTEMPTS = 3;

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * @param {object} options
 * @param {ReturnType<import('../pure/server-clock.js').createServerClock>} options.clock
 * @param {() => string|null} options.token a ward screen's credential; without one the cookie counts
 * @param {() => string|null} options.hospitalId the hospital that the person chose in this tab
 * @param {() => void} options.onUnauthorized
 */
export function createHttp({ clock, token, hospitalId, onUnauthorized }) {
  function headersFor(extra) {
    const headers = { Accept: 'application/json', ...extra };
    const bearer = token();
    const hospital = hospitalId();
    if (bearer) headers.Authorization = `Bearer ${bearer}`;
    if (hospital) headers['X-Hospital-ID'] = hospital;
    return headers;
  }

  /** The parts of a request that the event stream needs too. */
  function credentials(extra = {}) {
    return { headers: headersFor(extra), credentials: token() ? 'omit' : 'same-origin', cache: 'no-store' };
  }

  async function once(method, path, { body, headers, quiet }) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), TIMEOUT_MILLISECONDS);
    const sentAt = performance.now();
    try {
      const response = await fetch(path, {
        method,
        ...credentials(headers),
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: abort.signal,
      });
      const receivedAt = performance.now();
      clock.addHeader(response.headers.get('Date'), sentAt, receivedAt);
      if (!response.ok) {
        if (response.status === 401 && !quiet) onUnauthorized();
        throw await errorFrom(response);
      }
      const envelope = response.status === 204 ? {} : await response.json();
      return { data: envelope.data ?? null, page: envelope.page ?? null, sentAt, receivedAt };
    } catch (error) {
      if (error instanceof ApiError) throw error;
      throw new ApiError({ status: 0, code: 'UNREACHABLE', message: '' });
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    credentials,
    read: (path, options = {}) => once('GET', path, options),

    /**
     * A write is tried again when no answer came. The key stays the same, so it happens once whatever was lost.
     * @param {'POST'|'PUT'|'DELETE'} method
     */
    async write(method, path, { body, key, quiet } = {}) {
      const headers = { 'X-Ward-Console': '1' };
      if (body !== undefined) headers['Content-Type'] = 'application/json';
      if (key) headers['Idempotency-Key'] = key;
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once(method, path, { body, headers, quiet });
        } catch (error) {
          if (!key || !error.isTemporary || attempt >= WRITE_ATTEMPTS) throw error;
          await wait(retryDelay(attempt + 1));
        }
      }
    },
  };
}
