/** What went wrong with signing in or with one's account. The server's own sentence wins, but for how long to wait. */
import { plural, t } from '../i18n.js';
import { waitOf } from '../pure/waits.js';

/** @param {number} seconds */
export function waitWords(seconds) {
  const { unit, count } = waitOf(seconds);
  return plural(`wait.${unit}`, count);
}

/** @param {import('../net/api-error.js').ApiError} error */
export function accountSentence(error) {
  if (error.isUnreachable) return t('errors.unreachable');
  const wait = waitWords(error.retryAfterSeconds || 1);
  if (error.status === 429) return t('signIn.tooMany', { wait });
  if (error.status === 503 && error.retryAfterSeconds > 0) return t('signIn.busy', { wait });
  return error.message || t('errors.other', { status: error.status });
}

/** Whether all was right, but the second factor is missing. */
export const asksForFactor = (error) => error.status === 401 && error.details?.secondFactor === true;
