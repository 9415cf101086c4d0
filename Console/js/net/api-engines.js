/** The routes of what carries messages: notifications, deliveries, queues, channels, webhooks. */
import { newKey } from './keys.js';
import { query } from './query.js';

const BASE = '/api/v1';
const id = encodeURIComponent;

/**
 * @param {ReturnType<import('./http.js').createHttp>} http
 * @param {(answer: Promise<object>) => Promise<any>} data
 * @param {(path: string) => Promise<object[]>} all a list, whatever its length
 */
export function engineCalls(http, data, all) {
  const list = (path) => all(`${BASE}${path}`);
  const write = (method, path, body, key = newKey()) => data(http.write(method, `${BASE}${path}`, { body, key }));
  return {
    deliveries: (alertId) => list(`/alerts/${id(alertId)}/deliveries`),

    notifications: {
      /** One page of them, with where the next one begins. */
      list: (status, cursor) => http.read(`${BASE}/notifications?${query({ status, cursor, limit: 30 })}`),
      unread: async () => (await data(http.read(`${BASE}/notifications/unread-count`))).unread,
      read: (notificationId) => write('POST', `/notifications/${id(notificationId)}/reading`),
      readAll: () => write('POST', '/notifications/reading'),
    },
    /** How one wants to be told, or (`defaults`) how those are who have chosen nothing. */
    preferences: {
      own: () => data(http.read(`${BASE}/notification-preferences`)),
      saveOwn: (body, key) => write('PUT', '/notification-preferences', body, key),
      test: (channel, key) => write('POST', '/notification-tests', { channel }, key),
      resetOwn: () => write('DELETE', '/notification-preferences'),
      defaults: () => data(http.read(`${BASE}/notification-defaults`)),
      saveDefaults: (body, key) => write('PUT', '/notification-defaults', body, key),
    },
    messages: {
      list: () => list('/notification-templates'),
      save: (name, language, body, key) =>
        write('PUT', `/notification-templates/${id(name)}/${id(language)}`, body, key),
      remove: (name, language) => write('DELETE', `/notification-templates/${id(name)}/${id(language)}`),
      /** Asks only: nothing is kept, so no key. */
      preview: (body) => data(http.write('POST', `${BASE}/notification-templates/preview`, { body })),
    },

    queues: {
      /** Everything at once: the queues, the processes that work on them, the rate. */
      metrics: () => data(http.read(`${BASE}/queue-metrics`)),
      /** The newest; a queue of a million is no page. */
      jobs: (queue, state, limit) => http.read(`${BASE}/queues/${id(queue)}/jobs?${query({ state, limit })}`),
      retry: (jobId) => write('POST', `/jobs/${id(jobId)}/retry`),
      cancel: (jobId) => write('DELETE', `/jobs/${id(jobId)}`),
      replay: (queue) => write('POST', `/queues/${id(queue)}/replay`),
    },

    /** The newest. */
    mails: () => data(http.read(`${BASE}/mails?${query({ limit: 100 })}`)),

    channels: {
      list: async () => (await data(http.read(`${BASE}/channels`))).channels,
      update: (kind, body, key) => write('PUT', `/channels/${id(kind)}`, body, key),
    },

    webhooks: {
      list: () => list('/webhooks'),
      create: (body, key) => write('POST', '/webhooks', body, key),
      update: (webhookId, body, key) => write('PATCH', `/webhooks/${id(webhookId)}`, body, key),
      newSecret: (webhookId) => write('POST', `/webhooks/${id(webhookId)}/secret`),
      remove: (webhookId) => write('DELETE', `/webhooks/${id(webhookId)}`),
      /** The newest; the whole month is no page. */
      deliveries: (webhookId) =>
        data(http.read(`${BASE}/webhooks/${id(webhookId)}/deliveries?${query({ limit: 50 })}`)),
      redeliver: (deliveryId) => write('POST', `/webhook-deliveries/${id(deliveryId)}/redelivery`),
    },
  };
}
