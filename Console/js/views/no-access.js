/** A page that this person's role does not include. */
import { h } from '../ui/dom.js';
import { t, word } from '../i18n.js';

/** @param {object} app */
export function noAccessView(app) {
  const heading = h('h1', { tabindex: '-1', class: 'page-title' }, t('noAccess.title'));
  const role = word('role', app.session.current?.role);
  const element = h('div', { class: 'page' }, heading, h('p', {}, t('noAccess.text', { role })));
  return { title: t('noAccess.title'), element, heading, keys: {}, destroy() {} };
}
