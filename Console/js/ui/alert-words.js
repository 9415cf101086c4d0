/** What an alert is called: title, tier, state. */
import { t, word } from '../i18n.js';
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
