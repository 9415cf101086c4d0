/** The routes of appointments: what can be booked, when, and what becomes of it. */
import { newKey } from './keys.js';
import { query } from './query.js';

const BASE = '/api/v1';
const NAMES_AT_ONCE = 100;
const id = encodeURIComponent;

/** The noun under which each step of an appointment is found. */
const STEPS = {
  confirm: 'confirmation', checkIn: 'check-in', start: 'beginning', complete: 'completion', noShow: 'no-show',
};

/**
 * @param {ReturnType<import('./http.js').createHttp>} http
 * @param {(answer: Promise<object>) => Promise<any>} data
 * @param {(path: string) => Promise<object[]>} all a list, whatever its length
 */
export function deskCalls(http, data, all) {
  const read = (path) => data(http.read(`${BASE}${path}`));
  const write = (path, body, key = newKey()) => data(http.write('POST', `${BASE}${path}`, { body, key }));
  const at = (appointmentId, rest = '') => `/appointments/${id(appointmentId)}${rest}`;
  return {
    /** @param {{from?, to?, doctorId?, patientId?}} values moments in RFC 3339; the earliest first */
    appointments: (values) => all(`${BASE}/appointments?${query(values)}`),
    appointment: (appointmentId) => read(at(appointmentId)),
    appointmentHistory: (appointmentId) => all(`${BASE}${at(appointmentId, '/history')}`),
    bookAppointment: (body, key) => write('/appointments', body, key),
    moveAppointment: (appointmentId, body, key) => write(at(appointmentId, '/move'), body, key),
    cancelAppointment: (appointmentId, body, key) => write(at(appointmentId, '/cancellation'), body, key),
    /** @param {keyof typeof STEPS} step */
    stepAppointment: (appointmentId, step, key) => write(at(appointmentId, `/${STEPS[step]}`), {}, key),

    ownAppointments: (values) => all(`${BASE}/my-appointments?${query(values)}`),
    bookOwnAppointment: (body, key) => write('/my-appointments', body, key),
    cancelOwnAppointment: (appointmentId, body, key) =>
      write(`/my-appointments/${id(appointmentId)}/cancellation`, body, key),

    services: async () => (await read('/services')).services,
    resources: (values) => all(`${BASE}/resources?${query(values)}`),
    /** The doctors as patients may see them. */
    findDoctors: () => all(`${BASE}/doctors/search`),
    /** @param {{doctorId, from, to, minutes?}} values @returns {Promise<string[]>} when a visit could begin */
    freeTimes: async (values) => (await read(`/slots?${query(values)}`)).openings.flatMap(({ starts }) => starts).sort(),

    /** Names and record numbers of those who come, by POST and many at once. @returns {Promise<Map<string, object>>} */
    async patientNames(ids) {
      const wanted = [...new Set(ids)];
      const found = new Map();
      for (let first = 0; first < wanted.length; first += NAMES_AT_ONCE) {
        const patientIds = wanted.slice(first, first + NAMES_AT_ONCE);
        const { data: rows } = await http.write('POST', `${BASE}/patients/list`, {
          body: { patientIds, limit: NAMES_AT_ONCE },
        });
        for (const patient of rows) found.set(patient.id, patient);
      }
      return found;
    },
  };
}
