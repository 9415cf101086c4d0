/** A page that lists places of one kind in a table and edits one beside it. */
import { h } from './dom.js';
import { button } from './buttons.js';
import { recordList } from './record-list.js';
import { setupPage } from './setup-page.js';
import { table } from './table.js';
import { t } from '../i18n.js';

/**
 * @param {object} app
 * @param {object} options
 * @param {'departments'|'locations'|'rooms'} options.name of the page, and of the words
 * @param {string[]} options.heads keys of the columns' words
 * @param {(place: object) => (Node|string)[]} options.cells the first names the place
 * @param {(place: object) => string} options.title
 * @param {(place: object|null, tools: object) => object} options.form
 * @param {() => Promise<object[]>} options.load @param {Node} [options.tools]
 * @param {(places: object[]) => object[]} [options.pick] which of them are shown
 */
export function placeList(app, { name, heads, cells, title, form, load, tools, pick = (places) => places }) {
  const columns = [...heads.map((key) => t(key)), t('people.action')];
  const row = (place, edit) => ({
    dataset: { placeId: place.id, active: String(place.isActive !== false) },
    cells: [
      ...cells(place),
      button({
        label: t('ladders.edit'),
        'aria-label': t('places.editSpoken', { name: title(place) }),
        on: { click: () => edit(place) },
      }),
    ],
  });
  const records = recordList(app, {
    newLabel: t(`${name}.new`),
    tools,
    load,
    idOf: (place) => place.id,
    form,
    list: (places, edit) => {
      const shown = pick(places);
      return [shown.length > 0
        ? h('div', { class: 'panel' }, table({
          caption: t(`${name}.title`),
          heads: columns,
          rows: shown.map((place) => row(place, edit)),
        }))
        : h('p', { class: 'page-note' }, t(`${name}.none`))];
    },
  });
  const page = setupPage(app, name, records.element);
  return { ...page, records, keys: {}, destroy: records.destroy };
}
