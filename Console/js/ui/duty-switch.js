/** On duty or not. Going off with open alerts needs handover notes; the server says so and the dialog asks. */
import { h, setText } from './dom.js';
import { whileBusy } from './buttons.js';
import { field, showFieldErrors } from './forms.js';
import { formDialog } from './dialog.js';
import { sentenceFor } from './errors.js';
import { t } from '../i18n.js';

/** @param {object} app */
export function dutySwitch(app) {
  const word = h('span', { class: 'switch-word' });
  const element = h('button', { type: 'button', role: 'switch', class: 'switch', 'aria-label': t('duty.switch') });
  element.append(h('span', { class: 'switch-track', 'aria-hidden': true }, h('span', { class: 'switch-thumb' })), word);
  element.addEventListener('click', () => whileBusy(element, toggle));

  function show() {
    const on = app.session.current?.isOnDuty === true;
    element.setAttribute('aria-checked', String(on));
    setText(word, on ? t('duty.on') : t('duty.off'));
    element.hidden = !app.session.can('start_shift');
  }

  async function send(body) {
    const answer = await app.api.setDuty(body);
    app.session.setDuty(answer?.isOnDuty ?? body.isOnDuty);
    app.toasts.good(app.session.current.isOnDuty ? t('duty.nowOn') : t('duty.nowOff'));
    for (const warning of answer?.warnings ?? []) app.toasts.bad(t(`duty.warning.${warning}`));
  }

  async function toggle() {
    if (app.session.current?.isOnDuty) return leave();
    try {
      await send({ isOnDuty: true });
    } catch (error) {
      app.toasts.bad(sentenceFor(error));
    }
  }

  /** Handover notes are asked for once the server wants them: it knows whether something is open. */
  function leave() {
    const control = h('textarea', { rows: 4, maxlength: 500 });
    const hint = t('duty.handoverHint');
    const row = field({ label: t('duty.handover'), name: 'handoverNotes', hint, control });
    row.hidden = true;
    return formDialog({
      title: t('duty.leaveTitle'),
      intro: t('duty.leaveIntro'),
      rows: [row],
      submitLabel: t('duty.leave'),
      submit: () => {
        const notes = control.value.trim();
        return send(row.hidden || !notes ? { isOnDuty: false } : { isOnDuty: false, handoverNotes: notes });
      },
      onError: (error) => {
        if (error.fields.some((problem) => problem.path.includes('handoverNotes'))) row.hidden = false;
        const left = showFieldErrors([row], error.fields);
        if (error.fields.length > 0 && left.length === 0) return null;
        return left.join(' ') || sentenceFor(error);
      },
    });
  }

  const stop = app.session.on(show);
  show();
  return { element, destroy: stop };
}
