/** “Who would be paged when?”: a ladder tried out on the people who are on duty, without paging anybody. */
import { h, setText } from './dom.js';
import { button } from './buttons.js';
import { field } from './forms.js';
import { sentenceWithFields } from './errors.js';
import { t, word } from '../i18n.js';
import { writeSeconds } from '../pure/steps.js';
import { momentOf, nextAt, wallTime } from '../pure/zoned-time.js';

const WAIT_MILLISECONDS = 400;
const NIGHT_HOUR = 3;

/** @param {object} app @param {() => object|null} draft the ladder as it stands in the form; null while it is wrong */
export function dryRun(app, draft) {
  const zone = app.session.current?.hospital?.timeZone;
  let timer = 0;
  let asked = 0;
  const at = h('input', {
    type: 'datetime-local',
    value: wallTime(nextAt(NIGHT_HOUR, app.clock.now(), zone), zone),
    on: { input: changed },
  });
  const when = field({ label: t('dryRun.at'), name: 'at', hint: t('dryRun.atHint'), control: at });
  const setTo = (moment) => () => {
    at.value = wallTime(moment(), zone);
    run();
  };
  const tonight = button({
    label: t('dryRun.tonight'),
    on: { click: setTo(() => nextAt(NIGHT_HOUR, app.clock.now(), zone)) },
  });
  const now = button({ label: t('dryRun.now'), on: { click: setTo(() => app.clock.now()) } });
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const basis = h('p', { class: 'dry-basis', role: 'status' });
  const list = h('ol', { class: 'dry-steps' });
  const element = h(
    'section',
    { class: 'panel dry-run', 'aria-label': t('dryRun.title') },
    h('h2', {}, t('dryRun.title')),
    when,
    h('div', { class: 'dry-buttons' }, tonight, now),
    problem,
    basis,
    list,
  );

  function say(text) {
    setText(problem, text);
    problem.hidden = !text;
  }

  function step(row) {
    const people = (row.people ?? []).map((person) => h(
      'li',
      { class: 'dry-person', dataset: { duty: String(person.isOnDuty !== false) } },
      person.name,
      h('span', { class: 'team-role' }, word('role', person.role)),
    ));
    const none = h('p', { class: 'dry-none' }, t(row.skipped ? 'dryRun.skipped' : 'dryRun.nobody'));
    const group = word('tier.group', row.group);
    const title = row.tier > 0 ? t('dryRun.tier', { number: row.tier, group }) : group;
    const after = row.afterSeconds > 0
      ? t('dryRun.after', { time: writeSeconds(row.afterSeconds) })
      : t('dryRun.atOnce');
    return h(
      'li',
      { class: 'dry-step', dataset: { skipped: String(row.skipped === true), tier: row.tier } },
      h('div', { class: 'dry-when' }, h('strong', {}, app.time.second(row.dueAt)), h('span', {}, after)),
      h('div', {}, h('p', { class: 'dry-tier' }, title), people.length > 0 ? h('ul', {}, people) : none),
    );
  }

  function show(answer) {
    const rule = t(answer.isDefault ? 'dryRun.byDefault' : 'dryRun.byDraft');
    setText(basis, `${word('dryRun.basis', answer.basis)} ${answer.ladderId || answer.isDefault ? '' : rule}`.trim());
    const repeat = answer.repeatsEverySeconds
      && h('li', { class: 'dry-repeat' }, t('dryRun.repeats', { time: writeSeconds(answer.repeatsEverySeconds) }));
    list.replaceChildren(...answer.steps.map(step), ...(repeat ? [repeat] : []));
  }

  async function run() {
    clearTimeout(timer);
    const ladder = draft();
    const moment = momentOf(at.value, zone);
    when.setError(Number.isFinite(moment) ? null : t('dryRun.atBad'));
    if (!ladder || !Number.isFinite(moment)) return list.replaceChildren();
    const turn = (asked += 1);
    element.toggleAttribute('data-stale', true);
    try {
      const answer = await app.api.dryRunLadder({ ...ladder, at: new Date(moment).toISOString() });
      if (turn !== asked) return;
      say('');
      element.toggleAttribute('data-stale', false);
      show(answer);
    } catch (error) {
      if (turn === asked) say(sentenceWithFields(error));
    }
  }

  function changed() {
    clearTimeout(timer);
    element.toggleAttribute('data-stale', true);
    timer = setTimeout(run, WAIT_MILLISECONDS);
  }

  run();
  return {
    element,
    changed,
    destroy() {
      clearTimeout(timer);
      asked += 1;
    },
  };
}
