/** The notification centre: what this person was told, the newest first; read one by one or all at once. Live. */
import { h, link, setText } from '../ui/dom.js';
import { accountPage } from '../ui/account-page.js';
import { button, whileBusy } from '../ui/buttons.js';
import { radioGroup } from '../ui/forms.js';
import { sentenceFor } from '../ui/errors.js';
import { meter } from '../ui/urgency-mark.js';
import { plural, t, word } from '../i18n.js';
import { withoutLink } from '../pure/notifications.js';

/** @param {object} app */
export function notificationsView(app) {
  let rows = [];
  let next = null;
  let run = 0;
  let gone = false;
  const which = radioGroup({
    legend: t('notifications.which'),
    name: 'which',
    value: 'unread',
    className: 'segments',
    options: ['unread', 'all'].map((value) => ({ value, content: [t(`notifications.${value}`)] })),
  });
  const all = button({
    label: t('notifications.readAll'), icon: 'check', on: { click: () => whileBusy(all, readAll) },
  });
  const more = button({ label: t('notifications.more'), on: { click: () => whileBusy(more, loadMore) } });
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const list = h('ul', { class: 'notifications', 'aria-label': t('notifications.title') });
  const none = h('p', { class: 'page-note', role: 'status', hidden: true });
  const page = accountPage(
    app,
    'notifications',
    h('div', { class: 'notification-tools' }, which, all),
    problem,
    none,
    h('div', { class: 'panel', hidden: true }, list),
    h('div', {}, more),
  );
  const panel = list.parentElement;
  more.hidden = true;
  all.hidden = true;
  which.addEventListener('change', () => load());

  function say(text) {
    setText(problem, text);
    problem.hidden = !text;
  }

  function item(row) {
    const open = { on: { click: () => read(row, { stay: false }) } };
    const title = row.alertId ? link(`/alerts/${encodeURIComponent(row.alertId)}`, open, row.title) : row.title;
    const mark = button({
      label: t('notifications.read'),
      kind: 'quiet',
      'aria-label': t('notifications.readSpoken', { title: row.title }),
      on: { click: () => whileBusy(mark, () => read(row)) },
    });
    const facts = [
      app.time.moment(row.toldAt),
      row.times > 1 ? plural('notifications.times', row.times) : '',
      row.readAt ? t('notifications.readAt', { time: app.time.moment(row.readAt) }) : '',
    ];
    return h(
      'li',
      { class: 'notification', dataset: { notificationId: row.id, unread: String(!row.readAt) } },
      h(
        'div',
        {},
        h('p', { class: 'notification-title' }, row.urgencyLevel && meter(row.urgencyLevel), title),
        h('p', {}, withoutLink(row.text)),
        h('p', { class: 'device-facts' }, [word('notificationKind', row.kind), ...facts].filter(Boolean).join(' · ')),
      ),
      row.readAt ? null : mark,
    );
  }

  function show() {
    const focused = document.activeElement?.closest?.('[data-notification-id]')?.dataset.notificationId;
    const place = [...list.children].findIndex((each) => each.dataset.notificationId === focused);
    list.replaceChildren(...rows.map(item));
    panel.hidden = rows.length === 0;
    none.hidden = rows.length > 0;
    setText(none, t(`notifications.none.${which.read()}`));
    more.hidden = next === null;
    all.hidden = !rows.some((row) => !row.readAt);
    if (!focused) return;
    // Where the marked one has gone, the one that took its place is next.
    const same = list.querySelector(`[data-notification-id="${CSS.escape(focused)}"]`);
    const line = same ?? list.children[Math.min(place, list.children.length - 1)];
    const goal = line?.querySelector('button') ?? line?.querySelector('a') ?? page.heading;
    goal.focus({ preventScroll: true });
  }

  async function load() {
    run += 1;
    const mine = run;
    try {
      const answer = await app.api.notifications.list(which.read());
      if (gone || mine !== run) return;
      rows = answer.data;
      next = answer.page?.next ?? null;
      say('');
      show();
    } catch (error) {
      if (!gone && mine === run) say(sentenceFor(error));
    }
  }

  async function loadMore() {
    const mine = run;
    try {
      const answer = await app.api.notifications.list(which.read(), next);
      if (gone || mine !== run) return;
      rows = [...rows, ...answer.data];
      next = answer.page?.next ?? null;
      show();
    } catch (error) {
      say(sentenceFor(error));
    }
  }

  async function read(row, { stay = true } = {}) {
    try {
      if (!row.readAt) await app.api.notifications.read(row.id);
      app.bell.look();
      if (stay) await load();
    } catch (error) {
      if (!gone) say(sentenceFor(error));
    }
  }

  async function readAll() {
    try {
      const { marked } = await app.api.notifications.readAll();
      app.toasts.good(plural('notifications.marked', marked));
      app.bell.look();
      await load();
      page.heading.focus({ preventScroll: true });
    } catch (error) {
      say(sentenceFor(error));
    }
  }

  let known = app.bell.unread;
  const stop = app.bell.on((unread) => {
    if (unread !== known && rows.length <= 30) load();
    known = unread;
  });
  load();
  return {
    ...page,
    destroy() {
      gone = true;
      stop();
    },
  };
}
