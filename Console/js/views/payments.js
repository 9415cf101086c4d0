/** The hospital's payments, the latest first, by their state. */
import { h, link } from '../ui/dom.js';
import { field } from '../ui/forms.js';
import { selectOf } from '../ui/choices.js';
import { deskPage } from '../ui/desk-pages.js';
import { amountOf, failureText, paymentTag, wayOf } from '../ui/money-words.js';
import { pager } from '../ui/pager.js';
import { table } from '../ui/table.js';
import { sentenceFor } from '../ui/errors.js';
import { debounce } from '../app/debounce.js';
import { redraw } from '../app/visits.js';
import { STATES } from '../pure/payments.js';
import { t } from '../i18n.js';

const PAGE_SIZE = 25;

/** @param {object} app */
export function paymentsView(app) {
  let gone = false;
  let page = 1;
  let turn = 0;
  const status = selectOf(
    [{ value: '', text: t('payments.every') }, ...STATES.map((value) => ({ value, text: t(`payment.state.${value}`) }))],
    '',
    { change: () => go(1) },
  );
  const body = h('div', { class: 'stack' }, h('p', { class: 'page-note' }, t('record.loading')));
  const pages = pager(go);
  const frame = deskPage(
    app,
    'payments',
    h('div', { class: 'list-tools' }, field({ label: t('payments.status'), name: 'status', control: status })),
    body,
    pages.element,
  );

  function go(next) {
    page = next;
    load();
  }

  function row(payment) {
    const amount = amountOf(payment);
    const time = app.time.moment(payment.createdAt);
    const what = t(`payment.for.${payment.subscriptionId ? 'subscription' : 'appointment'}`);
    return {
      dataset: { paymentId: payment.id, status: payment.status },
      cells: [
        time,
        what,
        h('strong', { class: 'money' }, amount),
        [paymentTag(payment), failureText(payment) && h('span', { class: 'row-note' }, failureText(payment))],
        [wayOf(payment), payment.receiptNumber && h('span', { class: 'row-note' }, payment.receiptNumber)],
        link(
          `/payments/${payment.id}`,
          {
            class: 'button',
            'aria-label': t('payments.openSpoken', { amount, time }),
            dataset: { key: `open ${payment.id}` },
          },
          t('payments.open'),
        ),
      ],
    };
  }

  async function load() {
    const mine = (turn += 1);
    try {
      const found = await app.api.payments({ status: status.value, page, limit: PAGE_SIZE });
      if (gone || mine !== turn) return;
      pages.show(found);
      const heads = [...['made', 'for', 'amount', 'status', 'way'].map((key) => t(`payments.${key}`)), ''];
      redraw(body, found.rows.length > 0
        ? h('div', { class: 'panel' }, table({ caption: t('payments.title'), heads, rows: found.rows.map(row) }))
        : h('p', { class: 'page-note' }, t('payments.none')));
    } catch (error) {
      if (gone || mine !== turn) return;
      body.replaceChildren(h('p', { class: 'form-problem', role: 'alert' }, sentenceFor(error)));
    }
  }

  const soon = debounce(load);
  const stops = [app.news.on(({ name }) => name === 'payment:updated' && soon()), app.news.onRenewed(soon)];
  load();
  return {
    ...frame,
    keys: {},
    destroy() {
      gone = true;
      for (const stop of stops) stop();
    },
  };
}
