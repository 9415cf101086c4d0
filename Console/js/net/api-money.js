/** The routes of doctors as patients find them, of payments, plans and subscriptions. */
import { newKey } from './keys.js';
import { query } from './query.js';

const BASE = '/api/v1';
const id = encodeURIComponent;

/**
 * @param {ReturnType<import('./http.js').createHttp>} http
 * @param {(answer: Promise<object>) => Promise<any>} data
 * @param {(path: string) => Promise<object[]>} all a list, whatever its length
 */
export function moneyCalls(http, data, all) {
  const read = (path) => data(http.read(`${BASE}${path}`));
  const write = (path, body, key = newKey(), method = 'POST') => data(http.write(method, `${BASE}${path}`, { body, key }));
  const at = (paymentId, rest = '') => `/payments/${id(paymentId)}${rest}`;
  /** One page of a list: its rows and where it stands. */
  const page = async (path, values) => {
    const answer = await http.read(`${BASE}${path}?${query(values)}`);
    const { total, limit, next } = answer.page;
    return { rows: answer.data, page: values.page ?? 1, pages: Math.max(1, Math.ceil(total / limit)), total, next };
  };
  return {
    /** @param {{search?, specialization?, city?, departmentId?, minRating?, minExperienceYears?, maxFeeMinor?, isAvailable?, page, limit}} values */
    searchDoctors: (values) => page('/doctors/search', values),
    rateVisit: (appointmentId, score, key) => write(`/appointments/${id(appointmentId)}/rating`, { score }, key, 'PUT'),
    doctorProfile: (userId) => read(`/doctors/${id(userId)}/profile`),
    /** Where a consultation by picture or voice is, once it is time: {url, opensAt, expiresAt}. Never kept: no key. */
    visitLink: (appointmentId) => data(http.write('POST', `${BASE}/consultations/${id(appointmentId)}/visit-link`, { body: {} })),

    ownPayments: () => all(`${BASE}/my-payments`),
    payOwn: (paymentId, body, key) => write(`/my-payments/${id(paymentId)}/charge`, body, key),
    payments: (values) => page('/payments', values),
    payment: (paymentId) => read(at(paymentId)),
    paymentSteps: (paymentId) => all(`${BASE}${at(paymentId, '/steps')}`),
    chargePayment: (paymentId, body, key) => write(at(paymentId, '/charge'), body, key),
    takePayment: (paymentId, body, key) => write(at(paymentId, '/receipt'), body, key),
    refundPayment: (paymentId, body, key) => write(at(paymentId, '/refund'), body, key),

    plans: () => all(`${BASE}/subscription-plans`),
    createPlan: (body, key) => write('/subscription-plans', body, key),
    updatePlan: (planCode, body, key) => write(`/subscription-plans/${id(planCode)}`, body, key, 'PUT'),
    removePlan: (planCode) => data(http.write('DELETE', `${BASE}/subscription-plans/${id(planCode)}`, { key: newKey() })),

    subscription: () => read('/subscription'),
    subscriptions: () => all(`${BASE}/subscriptions`),
    quote: (values) => read(`/subscription/quote?${query(values)}`),
    subscribe: (body, key) => write('/subscriptions', body, key),
    cancelSubscription: (subscriptionId, body, key) => write(`/subscriptions/${id(subscriptionId)}/cancellation`, body, key),
  };
}
