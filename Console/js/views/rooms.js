/** Rooms: number, department, beds. */
import { h } from '../ui/dom.js';
import { field } from '../ui/forms.js';
import { departmentOptions, selectOf } from '../ui/choices.js';
import { filled, placeForm } from '../ui/place-form.js';
import { placeList } from '../ui/place-list.js';
import { t, plural } from '../i18n.js';

const MOST_BEDS = 100;

/** @param {object} app */
export function roomsView(app) {
  const search = h('input', { type: 'search', maxlength: 50, autocomplete: 'off', on: { input: () => list.records.show() } });
  const department = selectOf(departmentOptions(app, t('board.allDepartments')), '', { change: () => list.records.show() });
  const tools = h(
    'div',
    { class: 'list-tools', role: 'search' },
    field({ label: t('rooms.search'), name: 'search', control: search }),
    field({ label: t('people.department'), name: 'department', control: department }),
  );

  function form(place, more) {
    const number = h('input', { type: 'text', maxlength: 50, autocomplete: 'off', value: place?.number ?? '' });
    const of = selectOf(departmentOptions(app, t('rooms.noDepartment')), place?.departmentId);
    const beds = h('input', { type: 'number', min: 0, max: MOST_BEDS, step: 1, value: String(place?.beds ?? 1) });
    return placeForm(app, {
      name: 'rooms',
      place,
      title: t('alert.title', { room: place?.number ?? '' }),
      rows: [
        field({ label: t('rooms.number'), name: 'number', hint: t('raise.roomHint'), control: number }),
        field({ label: t('people.department'), name: 'departmentId', control: of }),
        field({ label: t('rooms.beds'), name: 'beds', control: beds }),
      ],
      body: () => ({
        ...filled({ number: number.value, departmentId: of.value }),
        ...(beds.value === '' ? {} : { beds: Number(beds.value) }),
      }),
      needed: ['number', 'beds'],
      kept: ['departmentId'],
      tools: more,
    });
  }

  const list = placeList(app, {
    name: 'rooms',
    heads: ['rooms.number', 'people.department', 'rooms.beds'],
    cells: (place) => [
      h('span', { class: 'row-name' }, place.number),
      app.lookups.departmentName(place.departmentId) || '–',
      plural('rooms.bedCount', place.beds),
    ],
    title: (place) => t('alert.title', { room: place.number }),
    form,
    load: app.api.places.rooms.list,
    tools,
    pick: (rooms) => rooms.filter((room) =>
      (department.value === '' || room.departmentId === department.value)
      && room.number.toLowerCase().includes(search.value.trim().toLowerCase())),
  });

  const stop = app.lookups.on(() => {
    const { value } = department;
    department.replaceChildren(...selectOf(departmentOptions(app, t('board.allDepartments')), value).children);
    department.value = value;
  });
  return { ...list, destroy() { stop(); list.destroy(); } };
}
