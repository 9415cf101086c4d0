/** The facts of an alert, as pairs of a key and what stands beside it; what is not known is left out. */
import { link } from './dom.js';
import { callsText, responseText, tierName } from './alert-words.js';
import { t, word } from '../i18n.js';

/** @param {object} app @param {object} alert @returns {[string, string|Node][]} */
export function factRows(app, alert) {
  const { minute, full } = app.time;
  const person = (name, at) => [name || t('card.somebody'), at && minute(at)].filter(Boolean).join(' · ');
  const earlier = alert.repeatOf
    && link(`/alerts/${encodeURIComponent(alert.repeatOf)}`, {}, t('alert.repeatOfLink'));
  return [
    ['status', word('status', alert.status)],
    ['department', alert.departmentId ? app.lookups.departmentName(alert.departmentId) : t('card.wholeHospital')],
    ['raised', `${full(alert.createdAt)}${alert.createdByName ? ` · ${alert.createdByName}` : ''}`],
    ['calls', callsText(app, alert)],
    ['repeatOf', earlier],
    [
      'tier',
      alert.status === 'active'
        ? t('card.waitingFor', { tier: tierName(alert.escalationTier), number: alert.escalationTier || 1 })
        : null,
    ],
    ['acknowledged', alert.acknowledgedAt && person(alert.acknowledgedByName, alert.acknowledgedAt)],
    ['response', alert.status === 'acknowledged' && responseText(app, alert)],
    ['resolved', alert.resolvedAt && full(alert.resolvedAt)],
    ['resolution', alert.resolution],
    ['description', alert.description],
  ].filter(([, value]) => value);
}
