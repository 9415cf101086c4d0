/** On a card: how many are coming of those who are asked for, who they are, and who is missing. */
import { h, setText } from './dom.js';
import { icon } from './icons.js';
import { arrivalText, askedText } from './response-words.js';
import { t } from '../i18n.js';
import { countsOf, hasQuorum, othersOf, slotsOf } from '../pure/quorum.js';

/** @param {object} app */
export function quorumLine(app) {
  const sum = h('strong', { class: 'quorum-sum' });
  const asked = h('span', { class: 'quorum-asked' });
  const lacking = h('strong', { class: 'quorum-lacking' }); // in place of the boxes, where a wall has no room for them
  const slots = h('ul', { class: 'quorum-slots' });
  const head = h('p', { class: 'quorum-head' }, sum, asked, lacking);
  const element = h('div', { class: 'quorum', hidden: true }, head, slots);
  let people = [];
  let shown = '';

  function personSlot(person) {
    const arrival = h('span', { class: 'slot-arrival' });
    people.push({ person, arrival });
    return h(
      'li',
      { class: 'slot', dataset: { state: person.status } },
      icon(person.status === 'arrived' ? 'done' : 'check'),
      h('span', { class: 'slot-name' }, person.name),
      arrival,
    );
  }

  const missingSlot = (slot) => h(
    'li',
    { class: 'slot', dataset: { state: 'missing' } },
    icon('bell'),
    h('span', { class: 'slot-name' }, t('quorum.missing', { what: askedText(slot, slot.missing) })),
  );

  function tick(now) {
    for (const { person, arrival } of people) setText(arrival, arrivalText(app, person, now));
  }

  return {
    element,
    tick,
    update(alert) {
      element.hidden = !hasQuorum(alert);
      const key = element.hidden ? '' : JSON.stringify([alert.quorum, alert.responders]);
      if (key === shown) return;
      shown = key;
      people = [];
      if (element.hidden) return slots.replaceChildren();
      const counts = countsOf(alert);
      element.dataset.missing = String(counts.missing);
      setText(sum, t('quorum.sum', { coming: counts.coming, asked: counts.asked }));
      const list = slotsOf(alert);
      setText(asked, list.map((slot) => askedText(slot)).join(' · '));
      const open = list.filter((slot) => slot.missing > 0);
      const what = open.map((slot) => askedText(slot, slot.missing)).join(', ');
      setText(lacking, open.length > 0 ? t('quorum.lacking', { what }) : '');
      const coming = [...list.flatMap((slot) => slot.people), ...othersOf(alert)].map(personSlot);
      slots.replaceChildren(...open.map(missingSlot), ...coming);
      tick(app.clock.now());
    },
  };
}
