/** Every route of Ward that the console uses, in one place. */
import { accountCalls } from './api-account.js';
import { availabilityCalls } from './api-availability.js';
import { deskCalls } from './api-desk.js';
import { engineCalls } from './api-engines.js';
import { figureCalls } from './api-figures.js';
import { moneyCalls } from './api-money.js';
import { patientCalls } from './api-patients.js';
import { peopleCalls } from './api-people.js';
import { placeCalls } from './api-places.js';
import { setupCalls } from './api-setup.js';
import { staffCalls } from './api-staff.js';
import { visitCalls } from './api-visits.js';
import { newKey } from './keys.js';

const BASE = '/api/v1';
const LIST_LIMIT = 100;
const MOST_PAGES = 20;

const id = encodeURIComponent;

/** @param {ReturnType<import('./http.js').createHttp>} http */
export function createApi(http) {
  const data = async (promise) => (await promise).data;
  /** Every row of a list, page by page. */
  const all = async (path) => {
    const rows = [];
    let place = '';
    const first = `${path}${path.includes('?') ? '&' : '?'}limit=${LIST_LIMIT}`;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const answer = await http.read(`${first}${place}`);
      rows.push(...answer.data);
      if (!answer.page?.next) break;
      place = `&cursor=${id(answer.page.next)}`;
    }
    return rows;
  };
  const act = (alertId, noun, body, key = newKey()) =>
    data(http.write('POST', `${BASE}/alerts/${id(alertId)}/${noun}`, { body, key }));

  return {
    events: `${BASE}/events`,
    credentials: http.credentials,

    /** The whole exchange, because the session carries the server's time. */
    session: () => http.read(`${BASE}/session`, { quiet: true }),

    /** Every open alert. Asks again when the total moved between two pages, so that none slips through. */
    async openAlerts() {
      for (let round = 1; ; round += 1) {
        const alerts = [];
        let total = Infinity;
        let moved = false;
        for (let page = 0; page < MOST_PAGES && alerts.length < total; page += 1) {
          const query = `status=active,acknowledged&limit=${LIST_LIMIT}&offset=${alerts.length}`;
          const answer = await http.read(`${BASE}/alerts?${query}`);
          const now = answer.page?.total ?? answer.data.length;
          moved ||= page > 0 && now !== total;
          total = now;
          alerts.push(...answer.data);
          if (answer.data.length === 0) break;
        }
        if (!moved || round === 3) return alerts;
      }
    },
    alert: (alertId) => data(http.read(`${BASE}/alerts/${id(alertId)}`)),
    timeline: (alertId) => all(`${BASE}/alerts/${id(alertId)}/timeline`),
    raise: (input, key) => data(http.write('POST', `${BASE}/alerts`, { body: input, key })),
    acknowledge: (alertId, body = {}, key) => act(alertId, 'acknowledgement', body, key),
    resolve: (alertId, body, key) => act(alertId, 'resolution', body, key),
    cancel: (alertId, body, key) => act(alertId, 'cancellation', body, key),
    escalate: (alertId, body = {}, key) => act(alertId, 'escalation', body, key),
    decline: (alertId, body, key) => act(alertId, 'declination', body, key),
    arrive: (alertId, body = {}, key) => act(alertId, 'arrival', body, key),
    withdraw: (alertId, body = {}, key) => act(alertId, 'withdrawal', body, key),
    transfer: (alertId, body, key) => act(alertId, 'transfer', body, key),
    comment: (alertId, body, key) => act(alertId, 'comments', body, key),
    acknowledgeTogether: (body, key) => data(http.write('POST', `${BASE}/alerts/batch-acknowledgement`, { body, key })),
    resolveTogether: (body, key) => data(http.write('POST', `${BASE}/alerts/batch-resolution`, { body, key })),

    alertTypes: () => all(`${BASE}/alert-types`),
    departments: () => all(`${BASE}/departments`),
    ...accountCalls(http, data, all),
    ...availabilityCalls(http, data, all),
    ...deskCalls(http, data, all),
    ...setupCalls(http, data, all),
    ...engineCalls(http, data, all),
    ...figureCalls(http, data, all),
    ...moneyCalls(http, data, all),
    ...patientCalls(http, data, all),
    ...peopleCalls(http, data, all),
    ...placeCalls(http, data, all),
    ...staffCalls(http, data, all),
    ...visitCalls(http, data, all),

    setDuty: (body) => data(http.write('PUT', `${BASE}/duty`, { body, key: newKey() })),
    dutyStaff: () => all(`${BASE}/duty/staff`),

    screens: () => all(`${BASE}/screens`),
    createScreen: (body) => data(http.write('POST', `${BASE}/screens`, { body })),
    revokeScreen: (screenId) =>
      data(http.write('POST', `${BASE}/screens/${id(screenId)}/revocation`, { body: {}, key: newKey() })),
  };
}
