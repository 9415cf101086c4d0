/** The strip that says that Ward itself is not well, for those who look after it. */
import { h, setText } from './dom.js';
import { icon } from './icons.js';
import { t, word } from '../i18n.js';

/** @param {object} app */
export function degradedStrip(app) {
  const title = h('p', { class: 'banner-title' });
  const detail = h('p', { class: 'banner-detail' });
  const element = h('div', {
    class: 'banner banner-degraded', role: 'alert', hidden: true, dataset: { banner: 'degraded' },
  });

  function hide() {
    element.hidden = true;
    element.replaceChildren();
  }

  function show({ reason, at, isElsewhere }) {
    setText(title, t('degraded.title', { time: app.time.second(at) }));
    const place = isElsewhere ? t('degraded.elsewhere') : '';
    setText(detail, [word('degraded.reason', reason), place, t('degraded.detail')].filter(Boolean).join(' '));
    if (!element.hidden) return;
    element.hidden = false;
    element.append(icon('broken'), h('div', { class: 'banner-words' }, title, detail));
  }

  const stops = [
    // What holds is told anew to whoever comes.
    app.news.onRenewed(hide),
    app.news.on(({ name, data }) => {
      if (name === 'system:degraded') show(data ?? {});
      if (name !== 'system:recovered') return;
      if (!element.hidden) app.announcer.polite(t('degraded.over'));
      hide();
    }),
  ];
  return { element, destroy: () => stops.forEach((stop) => stop()) };
}
