/** The patients of the hospital: filtered, or found by name, record number or day of birth. */
import { h, link } from '../ui/dom.js';
import { field } from '../ui/forms.js';
import { departmentOptions, selectOf } from '../ui/choices.js';
import { FLAGS, flagMarks, placeOf } from '../ui/patient-flags.js';
import { patientForm } from '../ui/patient-form.js';
import { patientPage } from '../ui/patient-pages.js';
import { pager } from '../ui/pager.js';
import { recordList } from '../ui/record-list.js';
import { table } from '../ui/table.js';
import { debounce } from '../app/debounce.js';
import { calendarDay, t } from '../i18n.js';

const PAGE_SIZE = 25;
/** How far the server counts. */
const COUNTED = { list: 1000, search: 100 };
const SHORTEST = 2;
const COUNTS = ['active', 'admittedToday', 'withoutDoctor', 'critical'];

/** @param {object} app */
export function patientsView(app) {
  let page = 1;
  const mayCreate = app.session.can('create_patients');
  const text = h('input', {
    type: 'search', maxlength: 200, autocomplete: 'off', spellcheck: 'false', on: { input: debounce(first) },
  });
  const change = { change: first };
  const department = selectOf(departmentOptions(app, t('board.allDepartments')), '', change);
  const status = selectOf(
    ['active', 'discharged', 'all'].map((value) => ({ value, text: t(`patients.status.${value}`) })),
    'active',
    change,
  );
  const mine = h('input', { type: 'checkbox', on: change });
  const boxes = Object.fromEntries(FLAGS.map((name) => [name, h('input', { type: 'checkbox', on: change })]));
  const box = (control, label) => h('label', { class: 'check' }, control, h('span', {}, label));
  const filters = h(
    'fieldset',
    { class: 'filters' },
    h('legend', { class: 'spoken' }, t('patients.filters')),
    field({ label: t('people.department'), name: 'departmentId', control: department }),
    field({ label: t('people.state'), name: 'status', control: status }),
    box(mine, t('patients.mine')),
    FLAGS.map((name) => box(boxes[name], t(`flag.${name}`))),
  );
  const numbers = h('dl', { class: 'patient-numbers', hidden: true });
  const tools = h(
    'div',
    { class: 'patient-tools', role: 'search' },
    field({ label: t('patients.search'), name: 'text', hint: t('patients.searchHint'), control: text }),
    filters,
  );
  const pages = pager((next) => {
    page = next;
    records.reload();
  });

  function first() {
    page = 1;
    records.reload();
  }

  function filter() {
    const flags = Object.fromEntries(FLAGS.filter((name) => boxes[name].checked).map((name) => [name, true]));
    return {
      status: status.value,
      ...(department.value ? { departmentId: department.value } : {}),
      ...(mine.checked ? { doctorId: app.session.current.user.id } : {}),
      ...(Object.keys(flags).length > 0 ? { flags } : {}),
    };
  }

  /** While a name is typed the whole hospital is searched, and the filters stand back. */
  async function load() {
    const asked = text.value.trim();
    const isSearch = asked.length >= SHORTEST;
    filters.disabled = isSearch;
    const place = { page, limit: PAGE_SIZE };
    const answer = isSearch
      ? await app.api.searchPatients({ text: asked, ...place })
      : await app.api.listPatients({ ...filter(), ...place });
    const total = answer.page?.total ?? answer.data.length;
    const isMore = total >= (isSearch ? COUNTED.search : COUNTED.list);
    pages.show({ page, pages: Math.ceil(total / PAGE_SIZE), total, isMore });
    return answer.data;
  }

  function row(patient) {
    const isOpen = !patient.isRestricted;
    const state = isOpen ? flagMarks(patient.flags) : [h('span', { class: 'tag' }, t('patients.kept'))];
    const isGone = patient.status === 'discharged';
    return {
      dataset: { patientId: patient.id, active: String(!isGone) },
      cells: [
        link(`/patients/${patient.id}`, { class: 'row-name' }, patient.name),
        h('span', { class: 'code' }, patient.mrn),
        calendarDay(patient.dateOfBirth),
        isOpen ? placeOf(app, patient) : '',
        state.length > 0 ? h('span', { class: 'flags' }, state) : '',
        isGone ? t('patients.goneAt', { time: app.time.day(patient.dischargedAt) }) : app.time.day(patient.admittedAt),
      ],
    };
  }

  async function count() {
    const found = await app.api.patientDashboard();
    numbers.replaceChildren(...COUNTS.map((name) => h(
      'div',
      { dataset: { count: name, ...(found[name] > 0 ? {} : { none: '' }) } },
      h('dt', {}, t(`patients.count.${name}`)),
      h('dd', {}, String(found[name])),
    )));
    numbers.hidden = false;
  }

  const heads = ['name', 'mrn', 'dateOfBirth', 'place', 'marks', 'admitted'].map((key) => t(`patient.${key}`));
  const records = recordList(app, {
    newLabel: mayCreate ? t('patients.new') : null,
    tools,
    load,
    idOf: (patient) => patient.id,
    form: (_, { close, again }) => patientForm(app, null, {
      close,
      again,
      done: (patient) => {
        app.toasts.good(t('patients.taken', { mrn: patient.mrn }));
        app.router.go(`/patients/${patient.id}`);
      },
    }),
    list: (patients) => [
      patients.length > 0
        ? h('div', { class: 'panel' }, table({ caption: t('patients.title'), heads, rows: patients.map(row) }))
        : h('p', { class: 'page-note' }, t('patients.none')),
      pages.element,
    ],
  });
  count().catch(() => {
    numbers.hidden = true; // the list is what people came for
  });
  const stop = app.lookups.on(() => {
    const { value } = department;
    department.replaceChildren(...selectOf(departmentOptions(app, t('board.allDepartments')), value).children);
    department.value = value;
  });
  const frame = patientPage(app, 'patients', numbers, records.element);
  return { ...frame, keys: {}, destroy() { stop(); records.destroy(); } };
}
