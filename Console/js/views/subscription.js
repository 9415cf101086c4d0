/** What the hospital pays for Ward: the subscription in force, another one chosen, those that were. */
import { h, link } from '../ui/dom.js';
import { button } from '../ui/buttons.js';
import { formDialog } from '../ui/dialog.js';
import { factList, money } from '../ui/money-words.js';
import { planChooser } from '../ui/plan-chooser.js';
import { setupPage } from '../ui/setup-page.js';
import { table } from '../ui/table.js';
import { sentenceFor } from '../ui/errors.js';
import { newKey } from '../net/keys.js';
import { t, word } from '../i18n.js';

const NOT_THERE = 404;
const CANCELLABLE = new Set(['pending', 'active']);
const MOST_PAYMENTS = 100;

/** @param {object} app */
export function subscriptionView(app) {
  let gone = false;
  let plans = [];
  let payments = new Map();
  const body = h('div', { class: 'stack' }, h('p', { class: 'page-note' }, t('record.loading')));
  const frame = setupPage(app, 'subscription', body);

  const planName = (code) => plans.find(({ planCode }) => planCode === code)?.name ?? code;
  const day = (moment) => (moment ? app.time.day(moment) : '');

  async function cancel(subscription) {
    const key = newKey();
    const done = await formDialog({
      title: t('subscription.cancelTitle'),
      intro: subscription.endsAt
        ? t('subscription.cancelIntro', { time: day(subscription.endsAt) })
        : t('subscription.cancelUnpaid'),
      rows: [],
      submitLabel: t('subscription.cancel'),
      kind: 'danger',
      submit: () => app.api.cancelSubscription(subscription.id, { version: subscription.version }, key),
      onError: sentenceFor,
      fallbackFocus: () => frame.heading.focus(),
    });
    if (done) app.toasts.good(t('subscription.cancelled'));
    await load();
  }

  const stateTag = ({ status }) =>
    h('span', { class: 'tag subscription-state', dataset: { status } }, word('subscription.status', status));

  const cancelButton = (subscription, spoken) => CANCELLABLE.has(subscription.status) && button({
    label: t('subscription.cancel'), kind: 'danger', 'aria-label': spoken, on: { click: () => cancel(subscription) },
  });

  function present(now) {
    if (!now) return h('section', { class: 'panel' }, h('h2', {}, t('subscription.now')), h('p', { class: 'page-note' }, t('subscription.none')));
    return h(
      'section',
      { class: 'panel stack subscription-now', 'aria-label': t('subscription.now') },
      h('h2', {}, t('subscription.now')),
      factList([
        [t('subscription.plan'), planName(now.planCode)],
        [t('subscription.state'), stateTag(now)],
        [t('subscription.cycle'), word('subscription.cycle', now.cycle)],
        [t('subscription.doctors'), String(now.doctors)],
        [t('subscription.price'), h('span', { class: 'money' }, money(now.totalMinor, now.currency))],
        [t('subscription.starts'), day(now.startsAt)],
        [t('subscription.ends'), day(now.endsAt)],
      ]),
      h('div', { class: 'record-actions' }, cancelButton(now)),
    );
  }

  function row(each) {
    const payment = payments.get(each.id);
    return {
      dataset: { subscriptionId: each.id, status: each.status },
      cells: [
        planName(each.planCode),
        stateTag(each),
        String(each.doctors),
        h('span', { class: 'money' }, money(each.totalMinor, each.currency)),
        [day(each.startsAt), day(each.endsAt)].filter(Boolean).join(' – '),
        h(
          'div',
          { class: 'row-buttons' },
          payment && link(`/payments/${payment.id}`, { class: 'button' }, t('subscription.pay')),
          each.status === 'pending' && cancelButton(each),
        ),
      ],
    };
  }

  function past(all) {
    if (all.length === 0) return null;
    const heads = ['plan', 'state', 'doctors', 'price', 'starts'].map((key) => t(`subscription.${key}`));
    return h('section', { class: 'panel' }, h('h2', {}, t('subscription.all')), table({
      caption: t('subscription.all'), heads: [...heads, ''], rows: all.map(row),
    }));
  }

  /** What costs nothing runs at once; for the rest there is a payment. */
  async function subscribed(subscription) {
    const isUnpaid = subscription.status === 'pending';
    app.toasts.good(t(isUnpaid ? 'subscription.doneUnpaid' : 'subscription.done'));
    await load();
    const payment = payments.get(subscription.id);
    if (isUnpaid && payment && !gone) app.router.go(`/payments/${payment.id}`);
  }

  function choose(now) {
    const form = plans.length > 0
      ? planChooser(app, plans, now, subscribed)
      : h('p', { class: 'page-note' }, t('subscription.noPlans'));
    return h('section', { class: 'panel record-form' }, h('h2', {}, t('subscription.choose')), form);
  }

  const current = () => app.api.subscription().catch((error) => {
    if (error.status === NOT_THERE) return null;
    throw error;
  });

  async function load() {
    try {
      const [now, offered, all, open] = await Promise.all([
        current(), app.api.plans(), app.api.subscriptions(), app.api.payments({ status: 'pending', limit: MOST_PAYMENTS }),
      ]);
      if (gone) return;
      plans = offered;
      payments = new Map(open.rows.filter((each) => each.subscriptionId).map((each) => [each.subscriptionId, each]));
      body.replaceChildren(...[present(now), choose(now), past(all)].filter(Boolean));
    } catch (error) {
      if (!gone) body.replaceChildren(h('p', { class: 'form-problem', role: 'alert' }, sentenceFor(error)));
    }
  }

  load();
  return { ...frame, keys: {}, destroy() { gone = true; } };
}
