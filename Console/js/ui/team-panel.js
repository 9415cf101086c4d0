/** On an alert's page: every requirement, who fills it, when they are there, and what is still missing. */
import { h, setText } from './dom.js';
import { icon } from './icons.js';
import { arrivalText, askedText, roleText } from './response-words.js';
import { plural, t, word } from '../i18n.js';
import { countsOf, hasQuorum, othersOf, slotsOf } from '../pure/quorum.js';

/** @param {object} app */
export function teamPanel(app) {
  const sum = h('p', { class: 'team-sum', role: 'status' });
  const groups = h('div', { class: 'team-groups' });
  const element = h(
    'section',
    { class: 'panel team', 'aria-label': t('quorum.title'), hidden: true },
    h('h2', {}, t('quorum.title')),
    sum,
    groups,
  );
  let people = [];

  function personRow(person) {
    const arrival = h('p', { class: 'team-arrival' });
    people.push({ person, arrival });
    const role = h('span', { class: 'team-role' }, word('role', person.role));
    const name = h('p', { class: 'team-name' }, person.name, role);
    const mark = icon(person.status === 'arrived' ? 'done' : 'check');
    return h('li', { class: 'team-person', dataset: { state: person.status } }, mark, name, arrival);
  }

  const missingRow = (slot) => h(
    'li',
    { class: 'team-person', dataset: { state: 'missing' } },
    icon('bell'),
    h('p', { class: 'team-name' }, plural('quorum.stillMissing', slot.missing)),
    h('p', { class: 'team-arrival' }, t('quorum.called')),
  );

  function group(title, note, rows) {
    const heading = h('h3', {}, title, note && h('span', { class: 'team-role' }, note));
    return h('div', { class: 'team-group' }, heading, h('ul', {}, rows));
  }

  return {
    element,
    tick(now) {
      for (const { person, arrival } of people) setText(arrival, arrivalText(app, person, now));
    },
    update(alert) {
      const others = othersOf(alert);
      const open = alert.status === 'active' || alert.status === 'acknowledged';
      element.hidden = !hasQuorum(alert) && others.length === 0;
      people = [];
      const asked = slotsOf(alert).map((slot) => group(
        askedText(slot),
        roleText(slot) === slot.label ? '' : roleText(slot),
        [...slot.people.map(personRow), ...(open && slot.missing > 0 ? [missingRow(slot)] : [])],
      ));
      const more = others.length > 0 ? [group(t('quorum.others'), '', others.map(personRow))] : [];
      groups.replaceChildren(...asked, ...more);
      const { coming, arrived, asked: wanted, missing } = countsOf(alert);
      element.dataset.missing = String(missing);
      const text = missing > 0
        ? t('quorum.sumLong', { coming, asked: wanted, missing, arrived })
        : t('quorum.complete', { arrived, asked: wanted });
      setText(sum, hasQuorum(alert) ? text : '');
    },
  };
}
