/** Writing one plan of the price list: money in its currency, percentages, steps of doctors. */
import { h } from './dom.js';
import { field } from './forms.js';
import { selectOf } from './choices.js';
import { recordForm } from './record-form.js';
import { decimalOf, minorOf } from '../pure/money.js';
import { discountText, discountsOf, linesOf, percentOf, pointsOf } from '../pure/plans.js';
import { t } from '../i18n.js';

const EXAMPLE_MINOR = 9900;
const MOST_DOCTORS = 10_000;
const PERCENTS = [['yearlyDiscountPoints', 'yearlyDiscount'], ['feePoints', 'fee'], ['taxPoints', 'tax']];
const USUAL = {
  name: '', description: '', pricing: 'flat', maxDoctors: 10, currency: 'EUR', monthlyPriceMinor: null, yearlyPriceMinor: null,
  yearlyDiscountPoints: 0, volumeDiscounts: [], feePoints: 0, taxPoints: 0, features: [],
};

const text = (value, maxlength, more = {}) =>
  h('input', { type: 'text', maxlength, autocomplete: 'off', spellcheck: 'false', value: value ?? '', ...more });

function controlsFor(from) {
  const amount = (minor) => text(minor === null ? '' : decimalOf(minor, from.currency), 16, { inputmode: 'decimal' });
  return {
    name: text(from.name, 100),
    planCode: text('', 40),
    description: h('textarea', { rows: 2, maxlength: 500, value: from.description ?? '' }),
    pricing: selectOf(['flat', 'per_doctor'].map((value) => ({ value, text: t(`plans.pricing.${value}`) })), from.pricing),
    maxDoctors: h('input', { type: 'number', min: 1, max: MOST_DOCTORS, step: 1, value: from.maxDoctors }),
    currency: text(from.currency, 3),
    monthlyPriceMinor: amount(from.monthlyPriceMinor),
    yearlyPriceMinor: amount(from.yearlyPriceMinor),
    ...Object.fromEntries(PERCENTS.map(([name]) => [name, text(percentOf(from[name]), 6, { inputmode: 'decimal' })])),
    volumeDiscounts: h('textarea', { rows: 3, maxlength: 400, value: discountText(from.volumeDiscounts) }),
    features: h('textarea', { rows: 3, maxlength: 2000, value: from.features.join('\n') }),
  };
}

function rowsFor(controls, isNew) {
  const row = (name, label, more = {}) => field({ label: t(`plans.${label}`), name, control: controls[name], ...more });
  const some = { optional: true };
  const once = isNew
    ? [row('planCode', 'code', { hint: t('plans.codeHint') }), row('pricing', 'pricing'), row('currency', 'currency')]
    : [];
  return [
    row('name', 'name'),
    ...once,
    row('description', 'description', some),
    row('maxDoctors', 'maxDoctors'),
    row('monthlyPriceMinor', 'monthly'),
    row('yearlyPriceMinor', 'yearly', { ...some, hint: t('plans.yearlyHint') }),
    ...PERCENTS.map(([name, label]) => row(name, label)),
    row('volumeDiscounts', 'volume', { ...some, hint: t('plans.volumeHint') }),
    row('features', 'features', { ...some, hint: t('plans.featuresHint') }),
  ];
}

/** @param {object} app @param {object|null} plan null for a new one */
export function planForm(app, plan, { close, again, done }) {
  const isNew = plan === null;
  const from = plan ?? USUAL;
  const controls = controlsFor(from);
  const rows = rowsFor(controls, isNew);
  const value = (name) => controls[name].value.trim();
  const currency = () => (isNew ? value('currency').toUpperCase() : plan.currency);

  function problems() {
    const found = [];
    const wrong = (path, is, message) => is && found.push({ path, message });
    const example = decimalOf(EXAMPLE_MINOR, currency());
    const isMoney = (name) => minorOf(value(name), currency()) !== null;
    const count = Number(value('maxDoctors'));
    wrong('name', !value('name'), t('plans.nameMissing'));
    wrong('planCode', isNew && !value('planCode'), t('plans.codeMissing'));
    wrong('currency', isNew && !/^[A-Z]{3}$/.test(currency()), t('plans.currencyWrong'));
    wrong('maxDoctors', !Number.isInteger(count) || count < 1 || count > MOST_DOCTORS, t('plans.countWrong'));
    wrong('monthlyPriceMinor', !isMoney('monthlyPriceMinor'), t('plans.moneyWrong', { example }));
    wrong('yearlyPriceMinor', value('yearlyPriceMinor') && !isMoney('yearlyPriceMinor'), t('plans.moneyWrong', { example }));
    for (const [name] of PERCENTS) wrong(name, pointsOf(value(name)) === null, t('plans.percentWrong'));
    wrong('volumeDiscounts', discountsOf(value('volumeDiscounts')) === null, t('plans.volumeWrong'));
    return found;
  }

  /** What is left empty is not given: a plan that has it keeps it. */
  const body = () => ({
    name: value('name'),
    ...(value('description') ? { description: value('description') } : {}),
    maxDoctors: Number(value('maxDoctors')),
    monthlyPriceMinor: minorOf(value('monthlyPriceMinor'), currency()),
    ...(value('yearlyPriceMinor') ? { yearlyPriceMinor: minorOf(value('yearlyPriceMinor'), currency()) } : {}),
    ...Object.fromEntries(PERCENTS.map(([name]) => [name, pointsOf(value(name))])),
    volumeDiscounts: discountsOf(value('volumeDiscounts')),
    features: linesOf(value('features')),
    ...(isNew
      ? { planCode: value('planCode'), pricing: value('pricing'), currency: currency() }
      : { version: plan.version }),
  });

  return recordForm(app, {
    title: isNew ? t('plans.newTitle') : t('plans.editTitle', { name: plan.name }),
    rows,
    saveLabel: isNew ? t('plans.save') : t('record.save'),
    problems,
    save: (key) => (isNew ? app.api.createPlan(body(), key) : app.api.updatePlan(plan.planCode, body(), key)),
    ...(isNew ? {} : {
      remove: () => app.api.removePlan(plan.planCode),
      removeLabel: t('plans.remove'),
      removeIntro: t('plans.removeIntro'),
    }),
    done: (saved, what) => done(t(`plans.${what}`, { name: saved?.name ?? plan.name })),
    reload: again,
    cancel: close,
  });
}
