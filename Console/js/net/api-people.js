/** The routes of people: members, their roles, and how they come in. */
import { newKey } from './keys.js';
import { query } from './query.js';

const BASE = '/api/v1';
const id = encodeURIComponent;

/**
 * @param {ReturnType<import('./http.js').createHttp>} http
 * @param {(answer: Promise<object>) => Promise<any>} data
 * @param {(path: string) => Promise<object[]>} all a list, whatever its length
 */
export function peopleCalls(http, data, all) {
  const write = (method, path, body, key = newKey()) => data(http.write(method, `${BASE}${path}`, { body, key }));
  return {
    /** One page of people: `{users, total, page, totalPages}`. @param {{search?, role?, page?, limit?}} values */
    people: (values) => data(http.read(`${BASE}/users?${query(values)}`)),
    updatePerson: (userId, body, key) => write('PUT', `/users/${id(userId)}`, body, key),
    changeRole: (userId, body, key) => write('PUT', `/users/${id(userId)}/role`, body, key),
    deactivatePerson: (userId) => write('DELETE', `/users/${id(userId)}`),
    /** @param {{action: 'suspend'|'activate', reason?: string}} body */
    setStatus: (userId, body, key) => write('POST', `/admin/users/${id(userId)}/status`, body, key),
    takePassword: (userId, body, key) => write('POST', `/users/${id(userId)}/password-reset`, body, key),
    grants: (userId) => all(`${BASE}/users/${id(userId)}/roles`),
    grantRole: (userId, body, key) => write('POST', `/users/${id(userId)}/roles`, body, key),
    takeGrant: (userId, grantId) => write('DELETE', `/users/${id(userId)}/roles/${id(grantId)}`),
    /** The one table of roles and permissions, and which of them the caller may give. */
    roles: async () => (await data(http.read(`${BASE}/roles`))).roles,

    invite: (body, key) => write('POST', '/invitations', body, key),
    invitations: () => all(`${BASE}/invitations`),
    takeInvitation: (invitationId) => write('DELETE', `/invitations/${id(invitationId)}`),
    joinCodes: () => all(`${BASE}/join-codes`),
    makeJoinCode: (body, key) => write('POST', '/join-codes', body, key),
    takeJoinCode: (joinCodeId) => write('DELETE', `/join-codes/${id(joinCodeId)}`),
    joinRequests: () => all(`${BASE}/join-requests?status=pending`),
    reviewJoinRequest: (requestId, body, key) => write('POST', `/join-requests/${id(requestId)}/review`, body, key),
  };
}
