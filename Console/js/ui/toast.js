/** Short notes at the lower edge: what was done, what went wrong. They are announced and can be dismissed. */
import { h } from './dom.js';
import { icon } from './icons.js';
import { t } from '../i18n.js';

const STAYS_MILLISECONDS = 8_000;

const ICONS = { good: 'done', bad: 'decline', news: 'bell' };

/** @param {{polite: (text: string) => void, assertive: (text: string) => void}} announcer */
export function createToasts(announcer) {
  const host = h('div', { class: 'toasts', role: 'region', 'aria-label': t('toasts.label') });
  document.body.append(host);

  /** @param {string} text @param {'good'|'bad'|'news'} kind what was not this person's own doing stays three times as long */
  function show(text, kind = 'good') {
    const close = h(
      'button',
      { type: 'button', class: 'toast-close', 'aria-label': t('common.dismiss') },
      icon('cross'),
    );
    const toast = h('div', { class: `toast toast-${kind}` });
    toast.append(icon(ICONS[kind]), h('p', {}, text), close);
    const remove = () => toast.remove();
    close.addEventListener('click', remove);
    host.append(toast);
    if (kind !== 'good') announcer.assertive(text);
    else announcer.polite(text);
    while (host.children.length > 3) host.firstElementChild.remove();
    setTimeout(remove, kind === 'good' ? STAYS_MILLISECONDS : STAYS_MILLISECONDS * 3);
  }
  return {
    good: (text) => show(text, 'good'),
    bad: (text) => show(text, 'bad'),
    news: (text) => show(text, 'news'),
  };
}
