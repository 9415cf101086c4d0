/** The installation's price list, written by its super administrators. */
import { h } from '../ui/dom.js';
import { button } from '../ui/buttons.js';
import { money } from '../ui/money-words.js';
import { planForm } from '../ui/plan-form.js';
import { recordList } from '../ui/record-list.js';
import { setupPage } from '../ui/setup-page.js';
import { table } from '../ui/table.js';
import { t } from '../i18n.js';

/** @param {object} app */
export function plansView(app) {
  function row(plan, edit) {
    const amount = money(plan.monthlyPriceMinor, plan.currency);
    return {
      dataset: { planCode: plan.planCode },
      cells: [
        [h('span', { class: 'row-name' }, plan.name), h('span', { class: 'row-note' }, plan.planCode)],
        h('span', { class: 'money' }, t(plan.pricing === 'per_doctor' ? 'plans.monthEach' : 'plans.month', { amount })),
        String(plan.maxDoctors),
        plan.features.join(' · '),
        button({
          label: t('plans.edit'), 'aria-label': t('plans.editSpoken', { name: plan.name }), on: { click: () => edit(plan) },
        }),
      ],
    };
  }

  const list = recordList(app, {
    newLabel: t('plans.new'),
    load: app.api.plans,
    idOf: (plan) => plan.planCode,
    form: (plan, tools) => planForm(app, plan, tools),
    list: (plans, edit) => {
      if (plans.length === 0) return [h('p', { class: 'page-note' }, t('plans.none'))];
      const heads = ['name', 'monthly', 'maxDoctors', 'features'].map((key) => t(`plans.${key}`));
      return [h('div', { class: 'panel' }, table({
        caption: t('plans.title'), heads: [...heads, ''], rows: plans.map((plan) => row(plan, edit)),
      }))];
    },
  });
  const frame = setupPage(app, 'plans', list.element);
  return { ...frame, keys: {}, destroy: list.destroy };
}
