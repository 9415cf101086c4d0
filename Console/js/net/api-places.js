/** The routes of a hospital's own page and of its places: departments, locations, rooms. */
import { newKey } from './keys.js';

const BASE = '/api/v1';
const id = encodeURIComponent;

/**
 * @param {ReturnType<import('./http.js').createHttp>} http
 * @param {(answer: Promise<object>) => Promise<any>} data
 * @param {(path: string) => Promise<object[]>} all a list, whatever its length
 */
export function placeCalls(http, data, all) {
  const write = (method, path, body, key = newKey()) => data(http.write(method, `${BASE}${path}`, { body, key }));
  /** List, make, change and remove one kind of place. */
  const places = (noun, list = noun) => ({
    list: () => all(`${BASE}/${list}`),
    create: (body, key) => write('POST', `/${noun}`, body, key),
    update: (placeId, body, key) => write('PATCH', `/${noun}/${id(placeId)}`, body, key),
    remove: (placeId) => write('DELETE', `/${noun}/${id(placeId)}`),
  });
  return {
    hospital: () => data(http.read(`${BASE}/hospital`)),
    changeHospital: (body, key) => write('PATCH', '/hospital', body, key),
    /** Mails a code, without which the particulars cannot be changed. */
    askHospitalCode: () => write('POST', '/hospital/edit-verification', {}),
    confirmHospitalCode: (code) => write('POST', '/hospital/edit-verification/confirmation', { code }),
    changeHospitalDetails: (body, key) => write('PUT', '/hospital/details', body, key),
    places: {
      departments: places('departments', 'departments?includeInactive=true'),
      locations: places('locations'),
      rooms: places('rooms'),
    },
  };
}
