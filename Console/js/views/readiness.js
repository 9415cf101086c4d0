/** Whom an alert would reach: every step of every ladder, now or at a moment, and who is on call. */
import { h } from '../ui/dom.js';
import { field } from '../ui/forms.js';
import { staffPage } from '../ui/staff-pages.js';
import { sentenceFor } from '../ui/errors.js';
import { missingPeople } from '../pure/readiness.js';
import { momentOf } from '../pure/zoned-time.js';
import { t, plural } from '../i18n.js';

const REFRESH_MILLISECONDS = 30_000;

/** @param {object} app */
export function readinessView(app) {
  const zone = app.session.current?.hospital?.timeZone;
  let gone = false;
  let timer = 0;
  let turn = 0;
  const at = h('input', { type: 'datetime-local', on: { change: load } });
  const verdict = h('div', { role: 'status' });
  const body = h('div', { class: 'stack' }, h('p', { class: 'page-note' }, t('record.loading')));
  const frame = staffPage(
    app,
    'readiness',
    h('div', { class: 'list-tools' }, field({ label: t('readiness.at'), name: 'at', hint: t('readiness.atHint'), control: at })),
    verdict,
    body,
  );

  function tier(step) {
    const missing = step.emptyDepartments.map(({ name }) => name).join(', ');
    return h(
      'li',
      { class: 'readiness-tier', dataset: { reachable: String(step.isReachable) } },
      h('p', { class: 'week-time' }, `${t('readiness.tier', { number: step.tier })} · ${t(`readiness.group.${step.group}`)}`),
      h('p', { class: 'readiness-people' }, step.people.map(({ name }) => name).join(', ') || t('readiness.nobody')),
      missing && h('p', { class: 'readiness-missing' }, t('readiness.without', { list: missing })),
    );
  }

  function ladder(each) {
    const scope = [
      app.lookups.departmentName(each.departmentId),
      each.alertType && app.lookups.typeTitle(each.alertType),
    ].filter(Boolean).join(' · ') || t(each.isDefault ? 'readiness.default' : 'ladders.everywhere');
    const title = t('readiness.ladder', { urgency: t(`urgency.${each.urgencyLevel}`), scope });
    return h(
      'section',
      { class: 'panel', 'aria-label': title },
      h('h2', {}, title),
      h('ol', { class: 'readiness-tiers' }, each.tiers.map(tier)),
    );
  }

  function schedules(list) {
    return list.length > 0 && h(
      'section',
      { class: 'panel', 'aria-label': t('readiness.schedules') },
      h('h2', {}, t('readiness.schedules')),
      h('ul', { class: 'on-call-now' }, list.map((each) => h(
        'li',
        { dataset: { nobody: String(!each.isReachable) } },
        h('span', {}, each.name),
        h('strong', {}, each.userName ?? t('readiness.nobody')),
      ))),
    );
  }

  function lack({ group, departmentId, urgencies, words }) {
    if (group === null) return h('li', {}, words);
    const who = t(`readiness.group.${group}`);
    const place = departmentId ? t('readiness.of', { department: app.lookups.departmentName(departmentId) }) : '';
    const levels = urgencies.map((level) => t(`urgency.${level}`)).join(', ');
    return h('li', {}, h('strong', {}, `${who}${place}: `), t('readiness.for', { levels }));
  }

  function show(found) {
    const missing = missingPeople(found.unreachable);
    verdict.className = missing.length > 0 ? 'panel gaps' : 'readiness-good';
    verdict.replaceChildren(missing.length > 0
      ? h('h2', {}, plural('readiness.gaps', missing.length))
      : h('p', {}, t('readiness.ready')));
    if (missing.length > 0) verdict.append(h('ul', {}, missing.map(lack)));
    body.replaceChildren(...[schedules(found.schedules), ...found.ladders.map(ladder)].filter(Boolean));
  }

  async function load() {
    clearTimeout(timer);
    const mine = (turn += 1);
    const moment = at.value ? momentOf(at.value, zone) : NaN;
    try {
      const found = await app.api.readiness(Number.isFinite(moment) ? new Date(moment).toISOString() : '');
      if (!gone && mine === turn) show(found);
    } catch (error) {
      if (!gone) body.replaceChildren(h('p', { class: 'form-problem', role: 'alert' }, sentenceFor(error)));
    } finally {
      if (!gone && mine === turn && !at.value) timer = setTimeout(load, REFRESH_MILLISECONDS);
    }
  }

  const stops = [
    app.lookups.on(load),
    app.board.onOther((event) => event.name === 'staff:duty_changed' && load()),
  ];
  load();
  return {
    ...frame,
    keys: {},
    destroy() {
      gone = true;
      clearTimeout(timer);
      for (const stop of stops) stop();
    },
  };
}
