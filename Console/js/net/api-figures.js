/** The routes of the reports. */
import { query } from './query.js';

const BASE = '/api/v1';

/**
 * @param {ReturnType<import('./http.js').createHttp>} http
 * @param {(answer: Promise<object>) => Promise<any>} data
 * @param {(path: string) => Promise<object[]>} all a list, whatever its length
 */
export function figureCalls(http, data, all) {
  const read = (path, values = {}) => data(http.read(`${BASE}${path}?${query(values)}`));
  return {
    fatigue: (values) => all(`${BASE}/alert-fatigue?${query(values)}`),
    responseAnalytics: (values) => read('/alert-response-analytics', values),
    activeEscalations: () => read('/active-escalations'),
  };
}
