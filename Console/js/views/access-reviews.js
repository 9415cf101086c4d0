/** Records that were opened in an emergency: each waits until somebody else says whether that was justified. */
import { h, link, setText } from '../ui/dom.js';
import { button } from '../ui/buttons.js';
import { field, showFieldErrors } from '../ui/forms.js';
import { formDialog } from '../ui/dialog.js';
import { patientPage } from '../ui/patient-pages.js';
import { table } from '../ui/table.js';
import { sentenceFor } from '../ui/errors.js';
import { newKey } from '../net/keys.js';
import { t } from '../i18n.js';

const REFRESH_MILLISECONDS = 30_000;
const VERDICTS = ['justified', 'unjustified'];

/** @param {object} app */
export function accessReviewsView(app) {
  let gone = false;
  let timer = 0;
  const me = app.session.current?.user.id;
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const body = h('div', { class: 'stack' }, h('p', { class: 'page-note' }, t('record.loading')));
  const frame = patientPage(app, 'accessReviews', problem, body);

  /** Whoever may see patients goes to the record; for the others it is a number without a name. */
  function record(access) {
    const short = access.patientId.slice(-6).toUpperCase();
    return app.session.can('view_patients')
      ? link(`/patients/${access.patientId}`, { class: 'code' }, short)
      : h('span', { class: 'code' }, short);
  }

  async function judge(access, verdict) {
    const note = h('textarea', { rows: 3, maxlength: 500 });
    const rows = [field({ label: t('reviews.note'), name: 'note', optional: true, control: note })];
    const key = newKey();
    const done = await formDialog({
      title: t(`reviews.ask.${verdict}`),
      intro: t('reviews.ask.intro', { name: access.userName, time: app.time.moment(access.grantedAt) }),
      rows,
      submitLabel: t(`reviews.${verdict}`),
      kind: verdict === 'justified' ? 'primary' : 'danger',
      submit: () => app.api.reviewAccess(access.id, {
        verdict,
        ...(note.value.trim() ? { note: note.value.trim() } : {}),
      }, key),
      onError: (error) => {
        const left = showFieldErrors(rows, error.fields);
        if (error.status === 403 && error.message) return error.message;
        return error.fields.length > 0 && left.length === 0 ? null : left.join(' ') || sentenceFor(error);
      },
      fallbackFocus: () => frame.heading.focus(),
    });
    if (!done) return;
    app.toasts.good(t('reviews.saved'));
    await load();
    frame.heading.focus();
  }

  function common(access) {
    return [
      access.userName,
      record(access),
      h('span', { class: 'reason' }, access.reason),
      t('reviews.span', { from: app.time.moment(access.grantedAt), to: app.time.minute(access.expiresAt) }),
    ];
  }

  function pendingRow(access) {
    const act = (verdict) => button({
      label: t(`reviews.${verdict}`),
      kind: verdict === 'justified' ? 'plain' : 'danger',
      'aria-label': t('reviews.spoken', { verdict: t(`reviews.${verdict}`), name: access.userName }),
      on: { click: () => judge(access, verdict) },
    });
    const last = access.userId === me
      ? h('span', { class: 'row-note' }, t('reviews.own'))
      : h('div', { class: 'row-buttons' }, VERDICTS.map(act));
    return { dataset: { accessId: access.id }, cells: [...common(access), last] };
  }

  const doneRow = (access) => ({
    dataset: { accessId: access.id, verdict: access.verdict },
    cells: [
      ...common(access),
      [
        h('strong', { class: 'verdict' }, t(`reviews.${access.verdict}`)),
        access.reviewNote && h('span', { class: 'row-note' }, access.reviewNote),
      ],
    ],
  });

  function part(title, accesses, row, none) {
    const heads = ['who', 'record', 'reason', 'when', 'verdict'].map((key) => t(`reviews.${key}`));
    return h(
      'section',
      { class: 'panel reviews', 'aria-label': title },
      h('h2', {}, title),
      accesses.length > 0
        ? table({ caption: title, heads, rows: accesses.map(row) })
        : h('p', { class: 'page-note' }, none),
    );
  }

  async function load() {
    clearTimeout(timer);
    try {
      const [pending, reviewed] = await Promise.all(['pending', 'reviewed'].map(app.api.accessReviews));
      if (gone) return;
      problem.hidden = true;
      body.replaceChildren(
        part(t('reviews.pending'), pending, pendingRow, t('reviews.none')),
        part(t('reviews.done'), reviewed, doneRow, t('reviews.noneDone')),
      );
    } catch (error) {
      setText(problem, sentenceFor(error));
      problem.hidden = false;
    } finally {
      if (!gone) timer = setTimeout(loadUnlessBusy, REFRESH_MILLISECONDS);
    }
  }

  /** Nothing is moved away under somebody's finger. */
  function loadUnlessBusy() {
    if (document.querySelector('dialog[open]') || body.contains(document.activeElement)) {
      timer = setTimeout(loadUnlessBusy, REFRESH_MILLISECONDS);
    } else load();
  }

  const stop = app.board.onOther(({ name, data }) => {
    if (name === 'notification:new' && data?.kind === 'emergency_access') loadUnlessBusy();
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
