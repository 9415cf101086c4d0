/** Before the first answer of the server: it cannot be reached, and we keep trying. */
import { h } from '../ui/dom.js';
import { brandMark } from '../ui/icons.js';
import { sentenceFor } from '../ui/errors.js';
import { t } from '../i18n.js';

/** @param {object} _app @param {import('../net/api-error.js').ApiError} error */
export function waitingView(_app, error) {
  const heading = h('h1', { tabindex: '-1' }, t('waiting.title'));
  const element = h(
    'main',
    { class: 'waiting', id: 'main' },
    brandMark(),
    heading,
    h('p', { role: 'alert' }, sentenceFor(error)),
    h('p', {}, t('waiting.text')),
  );
  return { title: t('waiting.title'), element, heading, keys: {}, destroy() {} };
}
