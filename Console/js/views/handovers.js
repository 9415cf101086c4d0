/** Handovers: what colleagues leave to this person or the department, to be taken or declined, and what this person left. */
import { h, link } from '../ui/dom.js';
import { button } from '../ui/buttons.js';
import { field, showFieldErrors } from '../ui/forms.js';
import { formDialog } from '../ui/dialog.js';
import { staffPage } from '../ui/staff-pages.js';
import { sentenceFor } from '../ui/errors.js';
import { newKey } from '../net/keys.js';
import { t } from '../i18n.js';

const REFRESH_MILLISECONDS = 30_000;

/** @param {object} app */
export function handoversView(app) {
  let gone = false;
  let timer = 0;
  const body = h('div', { class: 'stack' }, h('p', { class: 'page-note' }, t('record.loading')));
  const frame = staffPage(app, 'handovers', body);

  async function answer(handover, how) {
    const isYes = how === 'accept';
    const name = handover.fromUserName;
    const words = h('textarea', { rows: 3, maxlength: 500 });
    const path = isYes ? 'acknowledgment' : 'reason';
    const rows = [field({ label: t(isYes ? 'handovers.word' : 'handovers.reason'), name: path, optional: true, control: words })];
    const key = newKey();
    const text = () => (words.value.trim() ? { [path]: words.value.trim() } : {});
    const done = await formDialog({
      title: t(`handovers.${how}Title`, { name }),
      intro: t(`handovers.${how}Intro`),
      rows,
      submitLabel: t(`handovers.${how}`),
      kind: isYes ? 'primary' : 'danger',
      submit: () => (isYes ? app.api.acceptHandover : app.api.declineHandover)(handover.id, text(), key),
      onError: (error) => {
        const left = showFieldErrors(rows, error.fields);
        if (error.status === 409) load();
        return error.fields.length > 0 && left.length === 0 ? null : left.join(' ') || sentenceFor(error);
      },
      fallbackFocus: () => frame.heading.focus(),
    });
    if (!done) return;
    app.toasts.good(t(isYes ? 'handovers.accepted' : 'handovers.declined', { name }));
    await load();
    frame.heading.focus();
  }

  function alertLinks(handover) {
    const critical = new Set(handover.criticalAlertIds);
    const items = handover.alertIds.map((id, index) => h(
      'li',
      {},
      link(`/alerts/${id}`, {}, t('handovers.alert', { number: index + 1 })),
      critical.has(id) && h('span', { class: 'tag tag-warn' }, t('handovers.critical')),
    ));
    return items.length > 0 && [h('h3', {}, t('handovers.alerts')), h('ul', { class: 'handover-alerts' }, items)];
  }

  function card(handover, foot, title) {
    const where = app.lookups.departmentName(handover.departmentId);
    const facts = [where, app.time.moment(handover.createdAt), t('handovers.good', { time: app.time.moment(handover.expiresAt) })];
    return h(
      'li',
      { class: 'handover', dataset: { handoverId: handover.id, status: handover.status } },
      h('p', { class: 'ladder-scope' }, title),
      h('p', { class: 'ladder-steps' }, facts.filter(Boolean).join(' · ')),
      h('p', { class: 'quoted' }, handover.notes),
      handover.followUps.length > 0
        && [h('h3', {}, t('handovers.followUps')), h('ul', { class: 'bullets' }, handover.followUps.map((each) => h('li', {}, each)))],
      alertLinks(handover),
      foot,
    );
  }

  function received(handover) {
    const name = handover.fromUserName;
    const act = (how, kind) => button({
      label: t(`handovers.${how}`),
      kind,
      'aria-label': t(`handovers.${how}Spoken`, { name }),
      on: { click: () => answer(handover, how) },
    });
    const buttons = h('div', { class: 'row-buttons' }, act('accept', 'primary'), act('decline', 'plain'));
    return card(handover, buttons, t('handovers.from', { name }));
  }

  function given(handover) {
    const state = t(`handovers.status.${handover.status}`, { name: handover.answeredByName ?? '' });
    const foot = h(
      'p',
      {},
      h('span', { class: 'tag' }, state),
      handover.acknowledgment && ` “${handover.acknowledgment}”`,
    );
    const to = handover.toUserName ? t('handovers.to', { name: handover.toUserName }) : t('handovers.toAll');
    return card(handover, foot, to);
  }

  const part = (title, handovers, row, none) => h(
    'section',
    { class: 'panel', 'aria-label': title },
    h('h2', {}, title),
    handovers.length > 0 ? h('ul', { class: 'handovers' }, handovers.map(row)) : h('p', { class: 'page-note' }, none),
  );

  async function load() {
    clearTimeout(timer);
    try {
      const [waiting, left] = await Promise.all([app.api.handovers({}), app.api.handovers({ box: 'given' })]);
      if (gone) return;
      body.replaceChildren(
        part(t('handovers.received'), waiting, received, t('handovers.none')),
        part(t('handovers.given'), left, given, t('handovers.noneGiven')),
      );
    } catch (error) {
      if (!gone) body.replaceChildren(h('p', { class: 'form-problem', role: 'alert' }, sentenceFor(error)));
    } finally {
      if (!gone) timer = setTimeout(loadUnlessBusy, REFRESH_MILLISECONDS);
    }
  }

  function loadUnlessBusy() {
    if (document.querySelector('dialog[open]') || body.contains(document.activeElement)) {
      timer = setTimeout(loadUnlessBusy, REFRESH_MILLISECONDS);
    } else load();
  }

  const stop = app.board.onOther(({ name, data }) => {
    if (name === 'notification:new' && String(data?.kind).startsWith('handover_')) loadUnlessBusy();
  });
  load();
  return {
    ...frame,
    keys: {},
    destroy() {
      gone = true;
      clearTimeout(timer);
      stop();
    },
  };
}
