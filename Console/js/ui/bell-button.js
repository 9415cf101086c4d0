/** The bell in the header: how many notifications are unread, and the way to them. */
import { h, link, setText } from './dom.js';
import { icon } from './icons.js';
import { plural, t } from '../i18n.js';

const MOST = 99;

/** @param {object} app */
export function bellButton(app) {
  const badge = h('span', { class: 'bell-badge', 'aria-hidden': true, hidden: true });
  const element = link('/notifications', { class: 'head-button bell' }, icon('bell'), badge);

  function show() {
    const { unread } = app.bell;
    badge.hidden = !unread;
    setText(badge, unread > MOST ? t('bell.many', { count: MOST }) : String(unread ?? ''));
    element.setAttribute('aria-label', unread ? plural('bell.unread', unread) : t('bell.none'));
    element.dataset.unread = String(unread ?? '');
  }

  const stop = app.bell.on(show);
  show();
  return { element, destroy: stop };
}
