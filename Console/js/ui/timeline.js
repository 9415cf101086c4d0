/** What happened to an alert, oldest first. */
import { h } from './dom.js';
import { t, word } from '../i18n.js';

/** @param {object} app */
export function timelineList(app) {
  const element = h('ol', { class: 'timeline' });

  /** Where several people are asked for, who acknowledges is coming. */
  const kindOf = (row, several) => (several && row.kind === 'acknowledged' ? 'responding' : row.kind);

  function entry(row, several) {
    const reason = row.reason ? word('reason', row.reason) : '';
    const tier = row.tier ? t('timeline.tier', { number: row.tier, tier: word('tier', row.tier) }) : '';
    const detail = [tier, reason].filter(Boolean).join(' · ');
    return h(
      'li',
      { class: 'timeline-entry', dataset: { kind: row.kind } },
      h('time', { class: 'timeline-time', datetime: row.at }, app.time.second(row.at)),
      h('div', { class: 'timeline-body' },
        h(
          'p',
          { class: 'timeline-what' },
          word('timeline', kindOf(row, several)),
          row.actorName && h('span', { class: 'timeline-who' }, row.actorName),
        ),
        detail && h('p', { class: 'timeline-detail' }, detail),
        row.notes && h('p', { class: 'timeline-notes' }, row.notes)),
    );
  }

  return {
    element,
    /** @param {object[]} rows @param {boolean} several whether the alert asks for several people */
    show(rows, several) {
      const sorted = [...(rows ?? [])].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
      const empty = h('li', { class: 'timeline-empty' }, t('timeline.empty'));
      element.replaceChildren(...(sorted.length > 0 ? sorted.map((row) => entry(row, several)) : [empty]));
    },
  };
}
