/** The routes of patients. What is asked for stands in bodies: no patient's word is ever part of an address. */
import { newKey } from './keys.js';
import { query } from './query.js';

const BASE = '/api/v1';
const id = encodeURIComponent;

/**
 * @param {ReturnType<import('./http.js').createHttp>} http
 * @param {(answer: Promise<object>) => Promise<any>} data
 * @param {(path: string) => Promise<object[]>} all a list, whatever its length
 */
export function patientCalls(http, data, all) {
  const read = (path) => data(http.read(`${BASE}${path}`));
  const write = (method, path, body, key = newKey()) => data(http.write(method, `${BASE}${path}`, { body, key }));
  const at = (patientId, rest = '') => `/patients/${id(patientId)}${rest}`;
  /** A question that changes nothing: no key. Rows and where they stand in the whole. */
  const ask = (path, body) => http.write('POST', `${BASE}${path}`, { body });
  return {
    listPatients: (body) => ask('/patients/list', body),
    searchPatients: (body) => ask('/patients/search', body),
    patientDashboard: () => read('/patient-dashboard'),
    patient: (patientId) => read(at(patientId)),
    createPatient: (body, key) => write('POST', '/patients', body, key),
    updatePatient: (patientId, body, key) => write('PATCH', at(patientId), body, key),
    discharge: (patientId, body, key) => write('POST', at(patientId, '/discharge'), body, key),

    vitals: (patientId, timeRange) => read(at(patientId, `/vitals?${query({ timeRange })}`)),
    currentVitals: (patientId) => read(at(patientId, '/vitals/current')),
    recordVitals: (patientId, body, key) => write('POST', at(patientId, '/vitals'), body, key),

    careTeam: async (patientId) => (await read(at(patientId, '/care-team'))).members,
    assignToCareTeam: (patientId, body, key) => write('POST', at(patientId, '/care-team'), body, key),
    removeFromCareTeam: (patientId, userId) => write('DELETE', at(patientId, `/care-team/${id(userId)}`)),
    doctors: () => read('/doctors?limit=100'),

    /** One page of who has seen a record, the last first, and where it stands. */
    accessLog: (patientId, page) => http.read(`${BASE}${at(patientId, '/access-log')}?${query({ page, limit: 25 })}`),
    /** Quiet: a wrong code is answered as a missing session would be, and the session goes on. */
    breakGlass: (patientId, body, key) =>
      data(http.write('POST', `${BASE}${at(patientId, '/emergency-access')}`, { body, key, quiet: true })),
    accessReviews: (status) => all(`${BASE}/access-reviews?${query({ status })}`),
    reviewAccess: (accessId, body, key) => write('POST', `/access-reviews/${id(accessId)}/review`, body, key),

    myRecord: () => read('/my-record'),
    myVitals: (timeRange) => read(`/my-record/vitals?${query({ timeRange })}`),
    myAccessLog: (page) => http.read(`${BASE}/my-record/access-log?${query({ page, limit: 25 })}`),
  };
}
