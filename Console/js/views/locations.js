/** Locations of the hospital with their opening hours. */
import { h } from '../ui/dom.js';
import { field } from '../ui/forms.js';
import { hoursField } from '../ui/hours-field.js';
import { filled, placeForm } from '../ui/place-form.js';
import { placeList } from '../ui/place-list.js';
import { weekOf } from '../pure/opening-hours.js';
import { t } from '../i18n.js';

/** @param {object} app */
export function locationsView(app) {
  function form(place, tools) {
    const text = (key, maxlength, type = 'text') =>
      h('input', { type, maxlength, autocomplete: 'off', value: place?.[key] ?? '' });
    const name = text('name', 100);
    const address = text('address', 500);
    const phone = text('phone', 40, 'tel');
    const hours = hoursField(place?.hours ?? []);
    return placeForm(app, {
      name: 'locations',
      place,
      title: place?.name,
      rows: [
        field({ label: t('people.name'), name: 'name', control: name }),
        field({ label: t('places.address'), name: 'address', optional: true, control: address }),
        field({ label: t('people.phone'), name: 'phone', optional: true, control: phone }),
        hours,
      ],
      body: () => ({
        ...filled({ name: name.value, address: address.value, phone: phone.value }),
        hours: hours.read().hours ?? [],
      }),
      needed: ['name'],
      kept: ['address', 'phone'],
      problems: () => {
        const { bad } = hours.read();
        return bad ? [{ path: 'hours', message: t('locations.hoursBad', { day: t(`day.${bad}`) }) }] : [];
      },
      tools,
    });
  }

  const days = ({ from, to }) => (from === to ? t(`day.short.${from}`) : `${t(`day.short.${from}`)}–${t(`day.short.${to}`)}`);
  const week = (hours) => weekOf(hours).map((group) => h('span', { class: 'row-note' }, `${days(group)} ${group.line}`));

  return placeList(app, {
    name: 'locations',
    heads: ['people.name', 'people.phone', 'locations.hours'],
    cells: (place) => [
      [h('span', { class: 'row-name' }, place.name), h('span', { class: 'row-note' }, place.address)],
      place.phone ?? '–',
      place.hours.length > 0 ? week(place.hours) : t('locations.noHours'),
    ],
    title: (place) => place.name,
    form,
    load: app.api.places.locations.list,
  });
}
