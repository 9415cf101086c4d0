/**
 * For who is signed in and new, or in no hospital yet: says who he is, and comes in by a code, with an organisation of
 * his own, or waits until somebody invites him.
 */
import { h, link } from '../ui/dom.js';
import { button, whileBusy } from '../ui/buttons.js';
import { accountSentence } from '../ui/account-errors.js';
import { consentFields, problemsOf, textField, wayInField } from '../ui/account-fields.js';
import { entryPage, goodNote } from '../ui/entry-page.js';
import { plainForm } from '../ui/plain-form.js';
import { t } from '../i18n.js';

/** @param {object} app */
export function completeProfileView(app) {
  const page = entryPage(t('complete.title'), h('p', {}, t('record.loading')));
  load();
  return page;

  async function load() {
    try {
      show(await app.api.profile());
    } catch (error) {
      page.show(t('complete.title'), h('p', { class: 'form-problem', role: 'alert' }, accountSentence(error)), ways());
    }
  }

  function ways() {
    if (app.session.current?.hospital) {
      return h('div', { class: 'entry-links' }, link('/', { class: 'button button-quiet' }, t('complete.later')));
    }
    const leave = button({
      label: t('account.signOut'), kind: 'quiet', on: { click: () => whileBusy(leave, app.signOut) },
    });
    const look = () => app.signedIn({ path: '/' });
    const again = button({ label: t('complete.again'), kind: 'quiet', on: { click: () => whileBusy(again, look) } });
    return h('div', { class: 'entry-links' }, again, leave);
  }

  function show(profile, note) {
    const isInside = Boolean(app.session.current?.hospital);
    const name = textField({
      name: 'name', label: t('signUp.name'), value: profile.name, autocomplete: 'name', first: true,
    });
    const jobTitle = textField({
      name: 'jobTitle', label: t('profile.jobTitle'), value: profile.jobTitle ?? '', optional: true,
      autocomplete: 'organization-title',
    });
    const phone = textField({
      name: 'phone', label: t('profile.phone'), value: profile.phone ?? '', optional: true, type: 'tel', maxlength: 20,
      autocomplete: 'tel',
    });
    const consent = consentFields();
    const own = profile.isComplete ? [] : [name, jobTitle, phone];
    const asked = profile.isComplete ? [] : consent;
    const wayIn = isInside ? null : wayInField();
    const form = plainForm({
      rows: [...own, ...wayIn?.rows ?? [], ...asked],
      submitLabel: t('complete.submit'),
      button: { class: 'button-large' },
      problems: () => [...problemsOf(own), ...wayIn?.problems() ?? [], ...problemsOf(asked)],
      send: async () => {
        const given = Object.fromEntries(
          [jobTitle, phone].map((row) => [row.dataset.field, row.control.value.trim()]).filter(([, text]) => text));
        await app.api.completeProfile({
          ...given, name: name.control.value.trim(), acceptTerms: true, acceptPrivacy: true, ...wayIn?.read(),
        });
        await app.session.load();
        if (app.session.current.hospital) return app.signedIn({ path: '/' });
        return show(await app.api.profile(), t('complete.saved'));
      },
    });
    page.show(
      t(profile.isComplete && !isInside ? 'complete.noHospital' : 'complete.title'),
      note ? goodNote(note) : h('p', {}, t(isInside ? 'complete.introInside' : 'complete.intro')),
      form.element,
      ways(),
    );
  }
}
