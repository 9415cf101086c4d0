/** What the hospital is called and where it is found: shown to all who manage it, changed behind a mailed code. */
import { h } from './dom.js';
import { button, whileBusy } from './buttons.js';
import { field } from './forms.js';
import { formDialog } from './dialog.js';
import { smallForm } from './small-form.js';
import { sentenceFor } from './errors.js';
import { t } from '../i18n.js';

/** Name, most characters, type of the control. */
const TEXTS = [
  ['name', 255, 'text'], ['subdomain', 63, 'text'], ['licenseNumber', 50, 'text'], ['taxNumber', 50, 'text'],
  ['email', 254, 'email'], ['phone', 40, 'tel'], ['address', 500, 'text'],
];
const TOO_SOON = 429;

/** @param {object} app @param {object} hospital @param {() => Promise<void>} reload */
export function hospitalDetails(app, hospital, reload) {
  const body = h('div', { class: 'stack' });
  const heading = h('h2', { tabindex: '-1' }, t('hospital.details'));
  const element = h('section', { class: 'panel' }, heading, body);

  function show() {
    const change = button({ label: t('hospital.change'), on: { click: () => whileBusy(change, unlock) } });
    body.replaceChildren(
      h('dl', { class: 'fact-list' }, TEXTS.map(([name]) => h(
        'div',
        {},
        h('dt', {}, t(`hospital.${name}`)),
        h('dd', {}, hospital[name] ?? '–'),
      ))),
      h('p', { class: 'page-note' }, t('hospital.codeNote')),
      h('div', {}, change),
    );
  }

  /** A code that was sent a moment ago is still good: it is asked for and not sent anew. */
  async function unlock() {
    try {
      await app.api.askHospitalCode();
    } catch (error) {
      if (error.status !== TOO_SOON) return app.toasts.bad(sentenceFor(error));
    }
    const code = h('input', {
      type: 'text', inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 6, class: 'step-input',
    });
    const row = field({ label: t('hospital.code'), name: 'code', control: code });
    const done = await formDialog({
      title: t('hospital.codeTitle'),
      intro: t('hospital.codeIntro', { email: app.session.current?.user.email ?? '' }),
      rows: [row],
      submitLabel: t('hospital.codeSubmit'),
      submit: () => app.api.confirmHospitalCode(code.value.trim()),
      onError: (error) => {
        row.setError(error.status === 403 ? t('hospital.codeWrong') : error.fields[0]?.message ?? null);
        row.focusControl();
        return error.status === 403 || error.fields.length > 0 ? null : sentenceFor(error);
      },
    });
    if (done) edit();
  }

  function edit() {
    const controls = Object.fromEntries(TEXTS.map(([name, maxlength, type]) => [
      name,
      h('input', { type, maxlength, autocomplete: 'off', value: hospital[name] ?? '' }),
    ]));
    const rows = TEXTS.map(([name]) => field({
      label: t(`hospital.${name}`),
      name,
      optional: name !== 'name' && name !== 'subdomain',
      control: controls[name],
    }));
    const form = smallForm({
      rows,
      submitLabel: t('hospital.saveDetails'),
      icon: 'check',
      problems: () => TEXTS.filter(([name]) => hospital[name] && !controls[name].value.trim())
        .map(([path]) => ({ path, message: t('templates.cannotEmpty') })),
      submit: async (key) => {
        const given = TEXTS.map(([name]) => [name, controls[name].value.trim()]);
        await app.api.changeHospitalDetails(
          Object.fromEntries(given.filter(([name, value]) => value && value !== hospital[name])),
          key,
        );
        app.toasts.good(t('hospital.saved'));
        await app.session.refresh();
        await reload();
      },
    });
    body.replaceChildren(h('p', { class: 'page-note', role: 'status' }, t('hospital.unlocked')), form);
    controls.name.focus();
  }

  show();
  return element;
}
