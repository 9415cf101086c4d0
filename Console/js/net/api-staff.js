/** The routes of staff: shifts, who is on call, imports. */
import { newKey } from './keys.js';
import { query } from './query.js';

const BASE = '/api/v1';
const id = encodeURIComponent;

/**
 * @param {ReturnType<import('./http.js').createHttp>} http
 * @param {(answer: Promise<object>) => Promise<any>} data
 * @param {(path: string) => Promise<object[]>} all a list, whatever its length
 */
export function staffCalls(http, data, all) {
  const read = (path) => data(http.read(`${BASE}${path}`));
  const write = (method, path, body, key = newKey()) => data(http.write(method, `${BASE}${path}`, { body, key }));
  const schedule = (scheduleId, rest = '') => `/on-call-schedules/${id(scheduleId)}${rest}`;
  return {
    shifts: (values) => all(`${BASE}/shifts?${query(values)}`),
    createShift: (body, key) => write('POST', '/shifts', body, key),
    updateShift: (shiftId, body, key) => write('PATCH', `/shifts/${id(shiftId)}`, body, key),
    deleteShift: (shiftId) => write('DELETE', `/shifts/${id(shiftId)}`),

    weeklyHours: (userId) => read(`/users/${id(userId)}/shift-schedule`),
    setWeeklyHours: (userId, body, key) => write('PUT', `/users/${id(userId)}/shift-schedule`, body, key),

    onCallSchedules: () => all(`${BASE}/on-call-schedules`),
    createOnCall: (body, key) => write('POST', '/on-call-schedules', body, key),
    updateOnCall: (scheduleId, body, key) => write('PATCH', schedule(scheduleId), body, key),
    deleteOnCall: (scheduleId) => write('DELETE', schedule(scheduleId)),
    standIn: (scheduleId, body, key) => write('POST', schedule(scheduleId, '/overrides'), body, key),
    endStandIn: (scheduleId, overrideId) => write('DELETE', schedule(scheduleId, `/overrides/${id(overrideId)}`)),
    onCallCalendar: (scheduleId, values) => read(schedule(scheduleId, `/calendar?${query(values)}`)),
    onCallNow: () => read('/on-call'),
    onCallGaps: (values) => read(`/on-call-gaps?${query(values)}`),

    /** @param {{box?: 'received'|'given', status?: string}} values */
    handovers: (values) => all(`${BASE}/handovers?${query(values)}`),
    acceptHandover: (handoverId, body, key) => write('POST', `/handovers/${id(handoverId)}/acceptance`, body, key),
    declineHandover: (handoverId, body, key) => write('POST', `/handovers/${id(handoverId)}/refusal`, body, key),
    /** Whom an alert would reach, now or at a moment. */
    readiness: (at) => read(`/readiness?${query({ at })}`),

    /** Reads a file and changes nothing. */
    checkImport: (kind, csv) => data(http.write('POST', `${BASE}/imports/${id(kind)}/check`, { body: { csv } })),
    runImport: (kind, csv, key) => write('POST', `/imports/${id(kind)}`, { csv }, key),
  };
}
