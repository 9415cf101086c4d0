/** Choosing a plan: which, how it is paid, for how many doctors; the price is reckoned by the server, line by line. */
import { h, setText } from './dom.js';
import { field, radioGroup, showFieldErrors } from './forms.js';
import { smallForm } from './small-form.js';
import { money } from './money-words.js';
import { sentenceFor } from './errors.js';
import { debounce } from '../app/debounce.js';
import { quoteLines } from '../pure/plans.js';
import { t } from '../i18n.js';

const CYCLES = ['monthly', 'yearly'];

function priceText({ pricing, monthlyPriceMinor, currency }) {
  const amount = money(monthlyPriceMinor, currency);
  return t(pricing === 'per_doctor' ? 'plans.monthEach' : 'plans.month', { amount });
}

const planContent = (plan) => [
  h('span', { class: 'choice-title' }, t('subscription.upTo', { name: plan.name, count: plan.maxDoctors })),
  h('span', { class: 'choice-note' }, priceText(plan)),
  plan.features.length > 0 && h('span', { class: 'choice-note' }, plan.features.join(' · ')),
].filter(Boolean);

/**
 * @param {object} app @param {object[]} plans on offer
 * @param {{planCode: string, cycle: string, doctors: number}|null} now what the hospital has
 * @param {(subscription: object) => Promise<void>} done
 */
export function planChooser(app, plans, now, done) {
  let turn = 0;
  const start = plans.find(({ planCode }) => planCode === now?.planCode) ?? plans[0];
  const plan = radioGroup({
    legend: t('subscription.plan'),
    name: 'planCode',
    value: start.planCode,
    options: plans.map((each) => ({ value: each.planCode, content: planContent(each) })),
  });
  const cycle = radioGroup({
    legend: t('subscription.cycle'),
    name: 'cycle',
    className: 'segments',
    value: now?.cycle ?? 'monthly',
    options: CYCLES.map((value) => ({ value, content: [h('span', { class: 'choice-title' }, t(`subscription.cycle.${value}`))] })),
  });
  const doctors = h('input', {
    type: 'number', min: 1, step: 1, inputmode: 'numeric', value: Math.min(now?.doctors ?? start.maxDoctors, start.maxDoctors),
  });
  const doctorsRow = field({ label: t('subscription.doctors'), name: 'doctors', hint: ' ', control: doctors });
  const hint = doctorsRow.querySelector('.field-hint');
  const rows = [plan, cycle, doctorsRow];
  const lines = h('dl', { class: 'quote', 'aria-live': 'polite' });
  const problem = h('p', { class: 'form-problem', hidden: true });

  const chosen = () => plans.find(({ planCode }) => planCode === plan.read());
  const wanted = () => ({ planCode: plan.read(), cycle: cycle.read(), doctors: Number(doctors.value) });

  function problems() {
    const most = chosen().maxDoctors;
    const count = Number(doctors.value);
    const isGood = Number.isInteger(count) && count >= 1 && count <= most;
    return isGood ? [] : [{ path: 'doctors', message: t('subscription.countWrong', { count: most }) }];
  }

  function say(text) {
    setText(problem, text);
    problem.hidden = !text;
  }

  const lineOf = (currency) => ({ name, minor }) => h(
    'div',
    { dataset: { line: name } },
    h('dt', {}, t(`quote.${name}`)),
    h('dd', { class: 'money' }, money(minor, currency)),
  );

  async function reckon() {
    const mine = (turn += 1);
    const wrong = problems();
    doctorsRow.setError(wrong[0]?.message ?? null);
    if (wrong.length > 0) return lines.replaceChildren();
    try {
      const quote = await app.api.quote(wanted());
      if (mine !== turn) return;
      say('');
      lines.replaceChildren(...quoteLines(quote).map(lineOf(quote.currency)));
    } catch (error) {
      if (mine !== turn) return;
      lines.replaceChildren();
      const left = showFieldErrors(rows, error.fields);
      if (error.fields.length === 0 || left.length > 0) say(left.join(' ') || sentenceFor(error));
    }
  }

  function changed() {
    setText(hint, t('subscription.countHint', { count: chosen().maxDoctors }));
    soon();
  }

  const soon = debounce(reckon);
  for (const row of rows) row.addEventListener('input', changed);
  changed();
  return smallForm({
    rows,
    layout: [...rows, h('section', { class: 'quote-box', 'aria-label': t('quote.title') }, h('h3', {}, t('quote.title')), lines, problem)],
    submitLabel: t('subscription.submit'),
    icon: 'check',
    problems,
    submit: async (key) => done(await app.api.subscribe(wanted(), key)),
  });
}
