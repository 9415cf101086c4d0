/** Turns a failed call into a sentence for a person. The server's own sentence wins where it has one. */
import { t } from '../i18n.js';

/** @param {import('../net/api-error.js').ApiError} error */
export function sentenceFor(error) {
  if (error.isUnreachable) return t('errors.unreachable');
  if (error.details?.acknowledgedByName) return t('errors.alreadyAnswered', { name: error.details.acknowledgedByName });
  if (error.status === 429) return t('errors.tooMany', { seconds: error.retryAfterSeconds || 1 });
  if (error.status === 403) return t('errors.forbidden');
  if (error.message) return error.message;
  return t('errors.other', { status: error.status });
}

/** The same for a page without a form: what is wrong with each field, where the server says it. */
export const sentenceWithFields = (error) =>
  error.fields.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join(' ') || sentenceFor(error);
