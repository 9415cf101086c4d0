/** The routes of when somebody can be booked, and what it costs. */
import { newKey } from './keys.js';
import { query } from './query.js';

const BASE = '/api/v1';
const id = encodeURIComponent;

/**
 * @param {ReturnType<import('./http.js').createHttp>} http
 * @param {(answer: Promise<object>) => Promise<any>} data
 * @param {(path: string) => Promise<object[]>} all a list, whatever its length
 */
export function availabilityCalls(http, data, all) {
  const of = (doctorId, rest) => `${BASE}/doctors/${id(doctorId)}/${rest}`;
  return {
    bookingHours: (doctorId) => data(http.read(of(doctorId, 'hours'))),
    /** @param {{version, hours, averageMinutes?, capacity?, feeMinor?}} body */
    setBookingHours: (doctorId, body, key = newKey()) => data(http.write('PUT', of(doctorId, 'hours'), { body, key })),
    /** Days off and extra hours that end after a moment. */
    exceptions: (doctorId, from) => all(`${of(doctorId, 'availability-exceptions')}?${query({ from })}`),
    addException: (doctorId, body, key = newKey()) =>
      data(http.write('POST', of(doctorId, 'availability-exceptions'), { body, key })),
    removeException: (exceptionId, key = newKey()) =>
      data(http.write('DELETE', `${BASE}/availability-exceptions/${id(exceptionId)}`, { key })),
  };
}
