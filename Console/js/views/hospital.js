/** The hospital itself: how it works, and behind a mailed code what it is called and where it is found. */
import { h } from '../ui/dom.js';
import { field } from '../ui/forms.js';
import { selectOf } from '../ui/choices.js';
import { hospitalDetails } from '../ui/hospital-details.js';
import { setupPage } from '../ui/setup-page.js';
import { smallForm } from '../ui/small-form.js';
import { sentenceFor } from '../ui/errors.js';
import { t } from '../i18n.js';

const MOST_IDLE = 1440;
const FLAGS = ['isActive', 'nursesResolve', 'restrictRecords'];

/** A currency can be changed and not be taken away. */
const isCurrency = (text, before) => (text.trim() ? /^[A-Za-z]{3}$/.test(text.trim()) : !before);

/** @param {object} app */
export function hospitalView(app) {
  let gone = false;
  const place = h('div', { class: 'hospital-columns' }, h('p', { class: 'page-note' }, t('record.loading')));
  const page = setupPage(app, 'hospital', place);

  function settings(hospital) {
    const type = selectOf(
      ['hospital', 'clinic'].map((value) => ({ value, text: t(`hospital.type.${value}`) })),
      hospital.type,
    );
    const zones = h('datalist', { id: 'zones' }, (Intl.supportedValuesOf?.('timeZone') ?? []).map(
      (value) => h('option', { value }),
    ));
    const zone = h('input', {
      type: 'text', list: 'zones', maxlength: 50, autocomplete: 'off', spellcheck: 'false', value: hospital.timeZone,
    });
    const currency = h('input', {
      type: 'text', maxlength: 3, autocomplete: 'off', spellcheck: 'false', value: hospital.currency ?? '',
    });
    const idle = h('input', { type: 'number', min: 0, max: MOST_IDLE, step: 1, value: hospital.idleMinutes ?? '' });
    const flags = Object.fromEntries(FLAGS.map((name) => [name, flag(name, hospital[name])]));
    const zoneRow = field({
      label: t('hospital.timeZone'),
      name: 'timeZone',
      hint: t('hospital.timeZoneHint'),
      control: zone,
    });
    zoneRow.append(zones);
    const rows = [
      field({ label: t('hospital.type'), name: 'type', control: type }),
      zoneRow,
      field({
        label: t('hospital.currency'),
        name: 'currency',
        hint: t('hospital.currencyHint'),
        optional: !hospital.currency,
        control: currency,
      }),
      field({
        label: t('hospital.idleMinutes'),
        name: 'idleMinutes',
        hint: t('hospital.idleHint'),
        optional: true,
        control: idle,
      }),
      ...FLAGS.map((name) => flags[name].row),
    ];
    const form = smallForm({
      rows,
      submitLabel: t('record.save'),
      icon: 'check',
      problems: () => [
        !zone.value.trim() && { path: 'timeZone', message: t('hospital.timeZoneMissing') },
        !isCurrency(currency.value, hospital.currency) && { path: 'currency', message: t('hospital.currencyBad') },
      ].filter(Boolean),
      submit: async (key) => {
        await app.api.changeHospital({
          type: type.value,
          timeZone: zone.value.trim(),
          ...(currency.value.trim() && { currency: currency.value.trim().toUpperCase() }),
          idleMinutes: Number(idle.value || 0),
          ...Object.fromEntries(FLAGS.map((name) => [name, flags[name].box.checked])),
        }, key);
        app.toasts.good(t('hospital.saved'));
        await app.session.refresh();
      },
    });
    return h('section', { class: 'panel' }, h('h2', {}, t('hospital.settings')), form);
  }

  /** A box to tick with what it means, as a field that can show an error. */
  function flag(name, value) {
    const box = h('input', { type: 'checkbox', name, checked: value });
    const error = h('p', { class: 'field-error', role: 'alert', hidden: true });
    const row = h(
      'div',
      { class: 'field', dataset: { field: name } },
      h('label', { class: 'check' }, box, h('span', {}, t(`hospital.${name}`))),
      h('p', { class: 'field-hint check-hint' }, t(`hospital.${name}Hint`)),
      error,
    );
    row.setError = (text) => {
      error.textContent = text ?? '';
      error.hidden = !text;
    };
    row.focusControl = () => box.focus();
    return { row, box };
  }

  async function load() {
    try {
      const hospital = await app.api.hospital();
      if (gone) return;
      place.replaceChildren(settings(hospital), hospitalDetails(app, hospital, load));
    } catch (error) {
      place.replaceChildren(h('p', { class: 'form-problem', role: 'alert' }, sentenceFor(error)));
    }
  }

  load();
  return { ...page, keys: {}, destroy() { gone = true; } };
}
