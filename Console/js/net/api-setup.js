/** The routes of what a hospital sets up: types, templates, ladders. */
import { newKey } from './keys.js';

const BASE = '/api/v1';
const id = encodeURIComponent;

/**
 * @param {ReturnType<import('./http.js').createHttp>} http
 * @param {(answer: Promise<object>) => Promise<any>} data
 * @param {(path: string) => Promise<object[]>} all a list, whatever its length
 */
export function setupCalls(http, data, all) {
  const list = (path) => all(`${BASE}${path}`);
  const write = (method, path, body, key = newKey()) => data(http.write(method, `${BASE}${path}`, { body, key }));
  return {
    allTypes: () => list('/alert-types?includeInactive=true'),
    createType: (body, key) => write('POST', '/alert-types', body, key),
    updateType: (code, body, key) => write('PATCH', `/alert-types/${id(code)}`, body, key),

    templates: () => list('/alert-templates'),
    createTemplate: (body, key) => write('POST', '/alert-templates', body, key),
    updateTemplate: (templateId, body, key) => write('PATCH', `/alert-templates/${id(templateId)}`, body, key),
    deleteTemplate: (templateId) => write('DELETE', `/alert-templates/${id(templateId)}`),
    raiseFrom: (body, key) => write('POST', '/alerts/from-template', body, key),

    ladders: () => list('/escalation-ladders'),
    createLadder: (body, key) => write('POST', '/escalation-ladders', body, key),
    updateLadder: (ladderId, body, key) => write('PATCH', `/escalation-ladders/${id(ladderId)}`, body, key),
    deleteLadder: (ladderId) => write('DELETE', `/escalation-ladders/${id(ladderId)}`),
    /** Asks only: nothing is stored and nobody is paged, so no key. */
    dryRunLadder: (body) => data(http.write('POST', `${BASE}/escalation-ladders/dry-run`, { body })),
  };
}
