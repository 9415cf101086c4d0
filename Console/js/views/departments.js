/** Departments: name, code, where they are; one is taken out of use, never deleted. */
import { h } from '../ui/dom.js';
import { field } from '../ui/forms.js';
import { selectOf } from '../ui/choices.js';
import { filled, placeForm } from '../ui/place-form.js';
import { placeList } from '../ui/place-list.js';
import { t } from '../i18n.js';

/** @param {object} app */
export function departmentsView(app) {
  let locations = [];
  const nameOf = (id) => locations.find((each) => each.id === id)?.name ?? '';

  function form(place, tools) {
    const name = h('input', { type: 'text', maxlength: 100, autocomplete: 'off', value: place?.name ?? '' });
    const code = h('input', {
      type: 'text', maxlength: 10, autocomplete: 'off', autocapitalize: 'characters', class: 'step-input', value: place?.code ?? '',
    });
    const options = locations.map((each) => ({ value: each.id, text: each.name }));
    const location = selectOf([{ value: '', text: t('departments.nowhere') }, ...options], place?.locationId);
    const isOut = place?.isActive === false;
    return placeForm(app, {
      name: 'departments',
      place,
      title: place?.name,
      rows: [
        field({ label: t('people.name'), name: 'name', control: name }),
        field({ label: t('people.code'), name: 'code', hint: t('departments.codeHint'), control: code }),
        field({ label: t('places.location'), name: 'locationId', control: location }),
      ],
      body: () => filled({ name: name.value, code: code.value, locationId: location.value }),
      needed: ['name', 'code'],
      kept: ['locationId'],
      tools,
      keep: isOut,
      also: isOut ? { isActive: true } : {},
      saveLabel: isOut ? t('departments.revive') : undefined,
    });
  }

  return placeList(app, {
    name: 'departments',
    heads: ['people.name', 'people.code', 'places.location', 'people.state'],
    cells: (place) => [
      h('span', { class: 'row-name' }, place.name),
      h('span', { class: 'code' }, place.code),
      nameOf(place.locationId),
      place.isActive ? t('places.inUse') : h('span', { class: 'tag' }, t('places.outOfUse')),
    ],
    title: (place) => place.name,
    form,
    load: async () => {
      const [departments, known] = await Promise.all([
        app.api.places.departments.list(),
        app.api.places.locations.list(),
      ]);
      locations = known;
      app.lookups.load(); // every other page names departments
      return departments;
    },
  });
}
