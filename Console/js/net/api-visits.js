/** The routes of what surrounds a visit: who waits, checking in by code, notes, prescriptions. */
import { newKey } from './keys.js';
import { query } from './query.js';

const BASE = '/api/v1';
const id = encodeURIComponent;

/**
 * @param {ReturnType<import('./http.js').createHttp>} http
 * @param {(answer: Promise<object>) => Promise<any>} data
 * @param {(path: string) => Promise<object[]>} all a list, whatever its length
 */
export function visitCalls(http, data, all) {
  const read = (path) => data(http.read(`${BASE}${path}`));
  const write = (method, path, body, key = newKey()) => data(http.write(method, `${BASE}${path}`, { body, key }));
  const post = (path, body, key) => write('POST', path, body, key);
  const notes = (appointmentId, rest = '') => `/appointments/${id(appointmentId)}/notes${rest}`;
  return {
    /** The queues of a day in numbers. @param {string} [date] today where it is not given */
    queueFigures: (date) => all(`${BASE}/doctor-queues?${query({ date })}`),
    doctorQueue: (doctorId, date) => read(`/doctors/${id(doctorId)}/queue?${query({ date })}`),
    /** @param {{date: string, version: number, entryIds: string[]}} body all who wait, the next first */
    reorderQueue: (doctorId, body, key) => write('PUT', `/doctors/${id(doctorId)}/queue`, body, key),
    bringForward: (entryId, key) => post(`/queue-entries/${id(entryId)}/emergency`, {}, key),
    queuePosition: (appointmentId) => read(`/appointments/${id(appointmentId)}/queue-position`),

    checkInByCode: (code, key) => post('/check-ins', { code }, key),
    /** Not kept by the server for another try: each answer is a code of its own. */
    ownCheckInCode: (appointmentId) => post(`/my-appointments/${id(appointmentId)}/check-in-code`, {}),

    visitNotes: (appointmentId) => all(`${BASE}${notes(appointmentId)}`),
    addVisitNote: (appointmentId, body, key) => post(notes(appointmentId), body, key),
    amendVisitNote: (appointmentId, noteId, body, key) => post(notes(appointmentId, `/${id(noteId)}/amendments`), body, key),
    allergies: (patientId) => all(`${BASE}/patients/${id(patientId)}/allergies`),

    prescriptions: (patientId) => all(`${BASE}/patients/${id(patientId)}/prescriptions`),
    prescribe: (body, key) => post('/prescriptions', body, key),
    cancelPrescription: (prescriptionId, key) => post(`/prescriptions/${id(prescriptionId)}/cancellation`, {}, key),
    /** Of a patient who presents it; the code stands in no address. */
    presentPrescription: (code) => data(http.write('POST', `${BASE}/prescription-presentations`, { body: { code } })),
    dispensePrescription: (prescriptionId, key) => post(`/prescriptions/${id(prescriptionId)}/dispensation`, {}, key),
    prescriptionPage: async (prescriptionId) => (await read(`/prescriptions/${id(prescriptionId)}/page`)).html,
    ownPrescriptions: () => all(`${BASE}/my-record/prescriptions`),
    ownPrescriptionPage: async (prescriptionId) =>
      (await read(`/my-record/prescriptions/${id(prescriptionId)}/page`)).html,
  };
}
