/** Why a message did not arrive, in a person's words. */
import { t, word } from '../i18n.js';

/** @param {string} reason a word of the server's, which may carry what a mail server answered: `mail_refused_550` */
export function reasonText(reason) {
  const [, what, code] = /^(mail_refused|mail_server)_(\d+)$/.exec(reason) ?? [];
  return what ? t(`deliveryReason.${what}_code`, { code }) : word('deliveryReason', reason);
}
