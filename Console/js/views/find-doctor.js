/** Looking for a doctor: by name, speciality, place, rating, years and fee; the best rated first. */
import { h, link } from '../ui/dom.js';
import { field, showFieldErrors } from '../ui/forms.js';
import { departmentOptions, selectOf } from '../ui/choices.js';
import { deskPage } from '../ui/desk-pages.js';
import { callingText, feeText, ratingMark, yearsText } from '../ui/doctor-words.js';
import { pager } from '../ui/pager.js';
import { sentenceFor } from '../ui/errors.js';
import { debounce } from '../app/debounce.js';
import { decimalOf, minorOf } from '../pure/money.js';
import { t } from '../i18n.js';

const PAGE_SIZE = 20;
const RATINGS = ['3', '4', '4.5'];
const EXAMPLE_MINOR = 5000;

/** @param {object} app */
export function findDoctorView(app) {
  let gone = false;
  let turn = 0;
  let page = 1;
  let currency;
  const text = (more = {}) => h('input', { type: 'search', maxlength: 100, autocomplete: 'off', on: { input: debounce(first) }, ...more });
  const name = text();
  const specialization = text();
  const city = text();
  const fee = text({ type: 'text', inputmode: 'decimal', maxlength: 16 });
  const years = h('input', { type: 'number', min: 0, max: 80, step: 1, on: { input: debounce(first) } });
  const rating = selectOf(
    [{ value: '', text: t('findDoctor.anyRating') },
      ...RATINGS.map((value) => ({ value, text: t('findDoctor.ratingFrom', { count: value }) }))],
    '',
    { change: first },
  );
  const department = selectOf(departmentOptions(app, t('findDoctor.everyDepartment')), '', { change: first });
  const available = h('input', { type: 'checkbox', checked: true, on: { change: first } });
  const departmentRow = field({ label: t('findDoctor.department'), name: 'departmentId', control: department });
  const feePlace = h('div', { class: 'field-place', hidden: true });
  let feeRow = null;
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const body = h('div', { class: 'stack' }, h('p', { class: 'page-note' }, t('record.loading')));
  const pages = pager((next) => {
    page = next;
    load();
  });
  const frame = deskPage(
    app,
    'findDoctor',
    h(
      'div',
      { class: 'stack', role: 'search', 'aria-label': t('findDoctor.filters') },
      h(
        'div',
        { class: 'list-tools' },
        field({ label: t('findDoctor.name'), name: 'search', control: name }),
        field({ label: t('findDoctor.specialization'), name: 'specialization', control: specialization }),
        field({ label: t('findDoctor.rating'), name: 'minRating', control: rating }),
        feePlace,
      ),
      h(
        'details',
        { class: 'fold' },
        h('summary', {}, t('findDoctor.more')),
        h(
          'div',
          { class: 'list-tools' },
          field({ label: t('findDoctor.city'), name: 'city', control: city }),
          departmentRow,
          field({ label: t('findDoctor.years'), name: 'minExperienceYears', control: years }),
          h('label', { class: 'check' }, available, h('span', {}, t('findDoctor.available'))),
        ),
      ),
    ),
    problem,
    body,
    pages.element,
  );

  function first() {
    page = 1;
    load();
  }

  /** A fee is asked for where it is known in which currency. */
  function offerFee() {
    if (!currency || feeRow) return;
    feeRow = field({ label: t('findDoctor.fee', { currency }), name: 'maxFeeMinor', control: fee });
    feePlace.replaceChildren(feeRow);
    feePlace.hidden = false;
  }

  function showDepartments() {
    const chosen = department.value;
    department.replaceChildren(...departmentOptions(app, t('findDoctor.everyDepartment'))
      .map((each) => h('option', { value: each.value }, each.text)));
    department.value = chosen;
    departmentRow.hidden = app.lookups.departments.length === 0;
  }

  /** @returns {object|null} nothing where a filter is none */
  function wanted() {
    const most = fee.value.trim() && currency ? minorOf(fee.value, currency) : 0;
    const example = currency ? decimalOf(EXAMPLE_MINOR, currency) : '';
    if (feeRow) showFieldErrors([feeRow], most === null ? [{ path: 'maxFeeMinor', message: t('findDoctor.feeWrong', { example }) }] : []);
    if (most === null) return null;
    return {
      search: name.value.trim(), specialization: specialization.value.trim(), city: city.value.trim(),
      departmentId: department.value, minRating: rating.value, minExperienceYears: years.value,
      maxFeeMinor: fee.value.trim() ? String(most) : '', isAvailable: available.checked ? 'true' : '', page, limit: PAGE_SIZE,
    };
  }

  function itemOf(doctor) {
    const facts = [feeText(doctor, currency), yearsText(doctor), app.lookups.departmentName(doctor.departmentId)].filter(Boolean);
    return h(
      'li',
      { class: 'doctor-item', dataset: { doctorId: doctor.id } },
      h(
        'div',
        { class: 'doctor-who' },
        h('h2', {}, doctor.name),
        callingText(doctor) && h('p', { class: 'doctor-calling' }, callingText(doctor)),
        ratingMark(doctor),
        h('p', { class: 'row-note' }, facts.join(' · ')),
      ),
      link(
        `/find-doctor/${doctor.id}`,
        { class: 'button', 'aria-label': t('findDoctor.openSpoken', { name: doctor.name }) },
        t('findDoctor.open'),
      ),
    );
  }

  async function load() {
    const values = wanted();
    if (!values) return;
    const mine = (turn += 1);
    try {
      const [found, hospital] = await Promise.all([
        app.api.searchDoctors(values), currency === undefined ? app.api.hospital() : null, app.lookups.ready,
      ]);
      if (hospital) currency = hospital.currency;
      if (gone || mine !== turn) return;
      problem.hidden = true;
      showDepartments();
      offerFee();
      pages.show(found);
      body.replaceChildren(found.rows.length > 0
        ? h('ul', { class: 'doctor-list', 'aria-label': t('findDoctor.list') }, found.rows.map(itemOf))
        : h('p', { class: 'page-note' }, t('findDoctor.none')));
    } catch (error) {
      if (gone || mine !== turn) return;
      problem.textContent = sentenceFor(error);
      problem.hidden = false;
    }
  }

  load();
  return { ...frame, keys: {}, destroy() { gone = true; } };
}
