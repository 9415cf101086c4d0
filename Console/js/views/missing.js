/** A path that is no page. */
import { h, link } from '../ui/dom.js';
import { t } from '../i18n.js';

export function missingView() {
  const heading = h('h1', { tabindex: '-1', class: 'page-title' }, t('missing.title'));
  const element = h(
    'div',
    { class: 'page' },
    heading,
    h('p', {}, t('missing.text')),
    h('p', {}, link('/', {}, t('alert.back'))),
  );
  return { title: t('missing.title'), element, heading, keys: {}, destroy() {} };
}
