/** Escalation ladders: the hospital's own and the defaults, edited with a dry run beside them. */
import { h } from '../ui/dom.js';
import { button } from '../ui/buttons.js';
import { ladderForm } from '../ui/ladder-form.js';
import { recordList } from '../ui/record-list.js';
import { setupPage } from '../ui/setup-page.js';
import { urgencyMark } from '../ui/urgency-mark.js';
import { t } from '../i18n.js';
import { groupedLadders } from '../pure/ladder-order.js';
import { writeSeconds } from '../pure/steps.js';

/** @param {object} app */
export function laddersView(app) {
  /** For whom a ladder counts: `Cardiology · Fire`, `Everywhere`. */
  function scopeOf(ladder) {
    if (ladder.isDefault) return t('ladders.default');
    const parts = [
      ladder.departmentId && (app.lookups.departmentName(ladder.departmentId) || t('ladders.oneDepartment')),
      ladder.alertType && app.lookups.typeTitle(ladder.alertType),
    ];
    return parts.filter(Boolean).join(' · ') || t('ladders.everywhere');
  }

  function stepsText({ stepSeconds, repeats }) {
    const steps = stepSeconds.map(writeSeconds).join(' → ');
    return repeats ? t('ladders.stepsRepeat', { steps }) : steps;
  }

  function row(ladder, edit) {
    const scope = scopeOf(ladder);
    const label = t(ladder.isDefault ? 'ladders.make' : 'ladders.edit');
    return h(
      'li',
      { class: 'ladder', dataset: { ladderId: ladder.id ?? '', default: String(ladder.isDefault) } },
      h('div', {}, h('p', { class: 'ladder-scope' }, scope), h('p', { class: 'ladder-steps' }, stepsText(ladder))),
      button({
        label,
        'aria-label': t('ladders.editSpoken', { action: label, level: ladder.urgencyLevel, scope }),
        on: { click: () => edit(ladder) },
      }),
    );
  }

  const records = recordList(app, {
    newLabel: t('ladders.new'),
    load: app.api.ladders,
    idOf: (ladder) => ladder.id ?? `default ${ladder.urgencyLevel}`,
    form: (ladder, tools) => ladderForm(app, ladder, tools),
    list: (ladders, edit) => groupedLadders(ladders).map((group) => h(
      'section',
      { class: 'panel ladder-group', dataset: { level: group.urgencyLevel } },
      h('h2', {}, urgencyMark(group.urgencyLevel, 'span')),
      h('ul', {}, group.ladders.map((ladder) => row(ladder, edit))),
    )),
  });
  const page = setupPage(app, 'ladders', records.element);
  return { ...page, keys: {}, destroy: records.destroy };
}
