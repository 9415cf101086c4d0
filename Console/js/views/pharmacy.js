/** Where drugs are given out: the code of a prescription opens it, and what was given out is noted once. */
import { h, setText } from '../ui/dom.js';
import { button } from '../ui/buttons.js';
import { deskPage } from '../ui/desk-pages.js';
import { field } from '../ui/forms.js';
import { formDialog } from '../ui/dialog.js';
import { prescriptionCard } from '../ui/prescription-card.js';
import { sentenceFor } from '../ui/errors.js';
import { smallForm } from '../ui/small-form.js';
import { newKey } from '../net/keys.js';
import { isOpen, isVerificationCode } from '../pure/prescriptions.js';
import { calendarDay, t } from '../i18n.js';

const NOT_FOUND = 404;

/** @param {object} app */
export function pharmacyView(app) {
  let gone = false;
  let turn = 0;
  const code = h('input', {
    type: 'text', class: 'verification-code', maxlength: 23, autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false',
  });
  const status = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const place = h('section', { class: 'panel', 'aria-label': t('prescription.one'), hidden: true });
  const form = smallForm({
    rows: [field({ label: t('pharmacy.code'), name: 'code', hint: t('pharmacy.codeHint'), control: code })],
    submitLabel: t('pharmacy.open'),
    icon: 'check',
    problems: () => (isVerificationCode(code.value) ? [] : [{ path: 'code', message: t('pharmacy.codeBad') }]),
    submit: () => open(code.value.trim()),
    onError: ({ status: number }) => {
      if (number !== NOT_FOUND) return false;
      say(t('pharmacy.none'));
      return true;
    },
  });
  const page = deskPage(app, 'pharmacy', h('div', { class: 'panel' }, form), status, place);

  function say(text) {
    setText(status, text);
    status.hidden = !text;
  }

  async function open(typed) {
    const mine = ++turn;
    say('');
    place.hidden = true;
    place.replaceChildren();
    const found = await app.api.presentPrescription(typed);
    if (gone || mine !== turn) return;
    show(found, typed);
  }

  function show(found, typed) {
    const { patientName: name, dateOfBirth } = found;
    const person = dateOfBirth ? t('pharmacy.born', { name, date: calendarDay(dateOfBirth) }) : t('pharmacy.for', { name });
    const give = button({ label: t('pharmacy.give'), icon: 'check', kind: 'primary', on: { click: () => dispense(found, typed) } });
    place.replaceChildren(prescriptionCard(app, found, {
      before: h('h2', { tabindex: '-1' }, person),
      tools: [isOpen(found) ? give : h('p', { class: 'page-note' }, t('pharmacy.closed'))],
    }));
    place.hidden = false;
    place.querySelector('h2').focus({ preventScroll: true });
    place.scrollIntoView({ block: 'nearest' });
  }

  async function dispense(found, typed) {
    const key = newKey();
    const done = await formDialog({
      title: t('pharmacy.askGive'),
      intro: t('pharmacy.askGiveIntro'),
      rows: [],
      submitLabel: t('pharmacy.give'),
      submit: () => app.api.dispensePrescription(found.id, key),
      onError: sentenceFor,
      fallbackFocus: () => app.focusMain(),
    });
    if (!done || gone) return;
    app.toasts.good(t('pharmacy.given'));
    try {
      await open(typed);
    } catch (error) {
      say(sentenceFor(error));
    }
  }

  return { ...page, keys: {}, destroy() { gone = true; } };
}
