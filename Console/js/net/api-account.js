/** The routes of one's own account: signing in and up, mailed links, profile, factors, devices. */

const BASE = '/api/v1';
const id = encodeURIComponent;

/**
 * A 401 means here that a code or a password is wrong, not that the session is over: hence `quiet`. Nothing is tried
 * twice by itself, since a code is good once.
 * @param {ReturnType<import('./http.js').createHttp>} http
 * @param {(answer: Promise<object>) => Promise<any>} data
 * @param {(path: string) => Promise<object[]>} all a list, whatever its length
 */
export function accountCalls(http, data, all) {
  const send = (method, path, body) => data(http.write(method, `${BASE}${path}`, { body, quiet: true }));
  const read = (path) => data(http.read(`${BASE}${path}`));
  return {
    /** @param {{email: string, password: string, code?: string, backupCode?: string}} body */
    signIn: (body) => send('POST', '/sessions', body),
    requestCode: (email) => send('POST', '/auth/otp', { email }),
    /** @param {{email: string, code: string, secondFactorCode?: string, backupCode?: string}} body */
    signInByCode: (body) => send('POST', '/auth/otp/verification', body),
    /** After another provider said who it is. @param {{code: string}|{backupCode: string}} body */
    finishSecondFactor: (body) => send('POST', '/auth/second-factor', body),
    /** The other providers with which people sign in here. */
    providers: () => http.read(`${BASE}/auth/providers`, { quiet: true }),
    signOut: () => http.write('DELETE', `${BASE}/session`, { quiet: true }),
    signUp: (body) => send('POST', '/auth/sign-up', body),
    completeProfile: (body) => send('POST', '/auth/profile', body),
    forgotPassword: (email) => send('POST', '/auth/forgot-password', { email }),
    resetPassword: (body) => send('POST', '/auth/reset-password', body),
    /** @param {{token: string}|{email: string, code: string}} body */
    verifyEmail: (body) => send('POST', '/auth/verify-email', body),
    sendVerification: () => send('POST', '/auth/verification-email'),
    invitation: (token) => send('POST', '/invitations/preview', { token }),
    acceptInvitation: (token) => send('POST', '/invitations/acceptance', { token }),

    profile: () => read('/profile'),
    updateProfile: (body) => send('PATCH', '/profile', body),
    selectHospital: (hospitalId) => send('PUT', '/session/hospital', { hospitalId }),
    changePassword: (body) => send('POST', '/auth/change-password', body),
    twoFactor: () => read('/two-factor'),
    enableTwoFactor: (password) => send('POST', '/two-factor', { password }),
    confirmTwoFactor: (code) => send('POST', '/two-factor/confirmation', { code }),
    disableTwoFactor: (body) => send('DELETE', '/two-factor', body),
    newBackupCodes: (code) => send('POST', '/two-factor/backup-codes', { code }),
    devices: () => all(`${BASE}/sessions`),
    signOutDevice: (sessionId) => send('DELETE', `/sessions/${id(sessionId)}`),
    signOutOthers: () => send('DELETE', '/sessions'),
    keys: () => all(`${BASE}/api-keys`),
    createKey: (body) => send('POST', '/api-keys', body),
    revokeKey: (keyId) => send('DELETE', `/api-keys/${id(keyId)}`),
    linkedAccounts: () => all(`${BASE}/linked-accounts`),
    unlinkAccount: (accountId) => send('DELETE', `/linked-accounts/${id(accountId)}`),
    ownPhone: {
      show: () => read('/own-phone'),
      /** @param {{number: string, channel: 'sms'|'whatsapp', password: string}} body */
      set: (body) => send('POST', '/own-phone', body),
      verify: (code) => send('POST', '/own-phone/verification', { code }),
      remove: () => send('DELETE', '/own-phone'),
    },
    outbox: () => read('/development/outbox'),
  };
}
