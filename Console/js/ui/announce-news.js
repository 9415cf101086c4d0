/** Tells a screen reader what came in: at once for the high alarm class, politely for the rest. */
import { announcement } from './alert-words.js';
import { askedText } from './response-words.js';
import { t } from '../i18n.js';
import { changedResponders, slotsOf } from '../pure/quorum.js';
import { alarmClass, levelOf } from '../pure/urgency.js';

const MOST_SENTENCES = 4;

/** Who comes, who does not after all, and that the room called again. */
function announceAnswers(app, room, before, alert) {
  const { joined, left } = changedResponders(before, alert);
  const lacking = slotsOf(alert).filter((slot) => slot.missing > 0).map((slot) => askedText(slot, slot.missing));
  const rest = lacking.length > 0 ? t('announce.lacking', { what: lacking.join(', ') }) : '';
  for (const { name } of joined) app.announcer.polite(`${t('announce.joined', { room, name })} ${rest}`.trim());
  for (const { name } of left) app.announcer.assertive(`${t('announce.left', { room, name })} ${rest}`.trim());
  if ((alert.repeatCount ?? 0) > (before.repeatCount ?? 0)) app.announcer.polite(t('announce.again', { room }));
}

/** @param {object} app @param {import('../pure/board-state.js').Change[]} changes */
export function announceNews(app, changes) {
  const news = changes.filter((c) => c.kind === 'added' && c.alert.status === 'active').map((c) => c.alert);
  for (const alert of news.slice(0, MOST_SENTENCES)) {
    const say = alarmClass(levelOf(alert)) === 'high' ? app.announcer.assertive : app.announcer.polite;
    say(announcement(alert, app.lookups));
  }
  if (news.length > MOST_SENTENCES) app.announcer.assertive(t(
    'announce.more',
    { count: news.length - MOST_SENTENCES },
  ));
  for (const { kind, alert, before } of changes) {
    const room = alert.roomNumber;
    if (before && kind !== 'removed') announceAnswers(app, room, before, alert);
    if (kind === 'escalated') app.announcer.polite(t('announce.escalated', { room }));
    else if (kind === 'removed') app.announcer.polite(t('announce.removed', { room }));
    else if (kind === 'updated' && before.status === 'active' && alert.status === 'acknowledged') {
      app.announcer.polite(t('announce.answered', { room, name: alert.acknowledgedByName || t('card.somebody') }));
    } else if (kind === 'updated' && before.status === 'acknowledged' && alert.status === 'active') {
      app.announcer.assertive(t('announce.reopened', { room }));
    }
  }
}
