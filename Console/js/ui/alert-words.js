/** What an alert is called: title, tier, state. */
import { plural, t, word } from '../i18n.js';
import { hasQuorum } from '../pure/quorum.js';
import { levelOf, priorityName } from '../pure/urgency.js';

/** The title that was given, else that of the type. */
export const titleOf = (alert, lookups) => alert.title || lookups.typeTitle(alert.alertType);

export const tierName = (tier) => word('tier', tier || 1);

/** Which tier is asked next, if the ladder still has one. */
export function nextTierText(alert) {
  const next = (alert.escalationTier || 1) + 1;
  return next <= 4 ? t('card.nextTier', { tier: word('tier', next) }) : t('card.pagedAgain');
}

/** One sentence for a screen reader when an alert comes in. */
export function announcement(alert, lookups) {
  return t('announce.new', {
    priority: word('priority', priorityName(levelOf(alert))),
    room: alert.roomNumber,
    title: titleOf(alert, lookups),
  });
}

/** How often it was called, if more than once. */
export function callsText(app, { repeatCount, lastRepeatAt }) {
  if (!(repeatCount > 0)) return '';
  return plural('card.calls', repeatCount + 1, { time: app.time.minute(lastRepeatAt) });
}

/** Who answered and what he does: `Answered by Nora at 14:02 · there at 14:07`. */
export function answeredText(app, alert) {
  const name = alert.acknowledgedByName || t('card.somebody');
  const answered = t(hasQuorum(alert) ? 'card.complete' : 'card.answeredBy', {
    name,
    time: app.time.minute(alert.acknowledgedAt),
  });
  return [answered, !hasQuorum(alert) && responseText(app, alert)].filter(Boolean).join(' · ');
}

/** What whoever answered does: comes at a time, has sent somebody, watches. */
export function responseText(app, { responseAction, estimatedArrivalAt, delegatedToName }) {
  if (!responseAction) return '';
  const at = estimatedArrivalAt ? app.time.minute(estimatedArrivalAt) : '';
  if (responseAction === 'delegating') return t('response.delegating', { name: delegatedToName || t('card.somebody') });
  if (at) return t(responseAction === 'delayed' ? 'response.delayedAt' : 'response.there', { at });
  return word('response', responseAction);
}
