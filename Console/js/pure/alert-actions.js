/** Which buttons an alert has for a person: the legal moves of its state that the person is permitted to make. */

/** @typedef {'acknowledge'|'resolve'|'decline'|'escalate'|'cancel'} Action */

const RULES = [
  { action: 'acknowledge', permission: 'acknowledge_alerts', from: ['active'] },
  { action: 'resolve', permission: 'resolve_alerts', from: ['acknowledged'] },
  { action: 'decline', permission: 'acknowledge_alerts', from: ['active'], onDutyOnly: true },
  { action: 'escalate', permission: 'escalate_alerts', from: ['active'] },
  { action: 'cancel', permission: 'cancel_alerts', from: ['active', 'acknowledged'] },
];

/**
 * @param {{status: string}} alert
 * @param {{kind?: string, permissions: string[], isOnDuty?: boolean}|null} session
 * @returns {Action[]} in the order in which they are offered
 */
export function actionsFor(alert, session) {
  if (!session || session.kind === 'screen') return [];
  const held = new Set(session.permissions);
  return RULES.filter((rule) => rule.from.includes(alert.status) && held.has(rule.permission))
    .filter((rule) => !rule.onDutyOnly || session.isOnDuty === true)
    .map((rule) => rule.action);
}
