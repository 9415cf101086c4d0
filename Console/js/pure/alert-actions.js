/** Which buttons an alert has for a person: the legal moves of its state that the person is permitted to make. */
import { hasQuorum, mayFill, responderOf } from './quorum.js';

/**
 * @typedef {'acknowledge'|'come'|'takeOver'|'arrive'|'withdraw'|'resolve'|'transfer'|'decline'|'escalate'|'cancel'}
 *   Action
 */

const isQuorum = ({ alert }) => hasQuorum(alert);
const isPlain = ({ alert }) => !hasQuorum(alert);
const isMine = ({ alert, me }) => Boolean(me) && alert.acknowledgedBy === me;
const status = ({ alert, me }) => responderOf(alert, me)?.status ?? 'none';

const RULES = [
  { action: 'acknowledge', permission: 'acknowledge_alerts', from: ['active'], when: isPlain },
  {
    action: 'come',
    permission: 'acknowledge_alerts',
    from: ['active'],
    when: (at) => isQuorum(at) && status(at) === 'none' && mayFill(at.alert, at.session.role),
  },
  {
    action: 'takeOver',
    permission: 'acknowledge_alerts',
    from: ['acknowledged'],
    when: (at) => Boolean(at.me) && at.alert.delegatedTo === at.me && !isMine(at),
  },
  {
    action: 'arrive',
    permission: 'acknowledge_alerts',
    from: ['active', 'acknowledged'],
    when: (at) => status(at) === 'coming',
  },
  { action: 'resolve', permission: 'resolve_alerts', from: ['acknowledged'] },
  {
    action: 'withdraw',
    permission: 'acknowledge_alerts',
    from: ['active', 'acknowledged'],
    when: (at) => isQuorum(at) && status(at) !== 'none',
  },
  {
    action: 'transfer',
    permission: 'acknowledge_alerts',
    from: ['acknowledged'],
    when: (at) => isPlain(at) && isMine(at),
    pageOnly: true,
  },
  {
    action: 'decline',
    permission: 'acknowledge_alerts',
    from: ['active'],
    when: (at) => at.session.isOnDuty === true && status(at) === 'none',
  },
  { action: 'escalate', permission: 'escalate_alerts', from: ['active'] },
  { action: 'cancel', permission: 'cancel_alerts', from: ['active', 'acknowledged'] },
];

/**
 * @param {{status: string}} alert
 * @param {{kind?: string, user?: {id: string}, role?: string, permissions: string[], isOnDuty?: boolean}|null} session
 * @param {{onPage?: boolean}} [where] the alert's own page offers more than a card
 * @returns {Action[]} in the order in which they are offered
 */
export function actionsFor(alert, session, { onPage = false } = {}) {
  if (!session || session.kind === 'screen') return [];
  const held = new Set(session.permissions);
  const at = { alert, session, me: session.user?.id ?? null };
  return RULES.filter((rule) => rule.from.includes(alert.status) && held.has(rule.permission))
    .filter((rule) => (onPage || !rule.pageOnly) && (!rule.when || rule.when(at)))
    .map((rule) => rule.action);
}

/** The one button that stands out: what is most likely meant. */
const FIRST = new Set(['acknowledge', 'come', 'takeOver', 'arrive', 'resolve']);
export const isFirstChoice = (action) => FIRST.has(action);

/**
 * Which of these alerts can be acknowledged or resolved together; a quorum is answered one by one.
 * @param {'acknowledge'|'resolve'} action
 */
export const eligibleFor = (action, alerts, session) =>
  alerts.filter((alert) => actionsFor(alert, session).includes(action));
