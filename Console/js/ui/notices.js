/** What Ward has to say to this person alone. Calls themselves ring on the board; here is what they do not show. */
import { t } from '../i18n.js';

const KINDS = new Set([
  'alert_delegated',
  'alert_transferred',
  'alert_repeated',
  'alert_quorum_missing',
  'handover_pending',
  'emergency_access',
]);

/** @param {object} app @param {{name: string, data: any}} event */
export function tellNotice(app, { name, data }) {
  if (name !== 'notification:new' || !KINDS.has(data?.kind)) return;
  app.toasts.news(t(`notice.${data.kind}`, { room: data.roomNumber ?? '', name: data.userName ?? '' }));
}
