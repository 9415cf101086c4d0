/** The form of one place: what is common to departments, locations and rooms. */
import { recordForm } from './record-form.js';
import { t } from '../i18n.js';

/**
 * @param {object} app
 * @param {object} options
 * @param {'departments'|'locations'|'rooms'} options.name @param {object|null} options.place null makes a new one
 * @param {HTMLElement[]} options.rows
 * @param {() => object} options.body what is sent; an empty text is left out
 * @param {string} options.title of an existing one
 * @param {string[]} options.needed fields that must be filled, @param {string[]} options.kept that cannot be emptied
 * @param {() => object[]} [options.problems] more of them
 * @param {{close, again, done}} options.tools
 */
export function placeForm(app, { name, place, rows, body, title, needed, kept = [], problems = () => [], tools, ...more }) {
  const calls = app.api.places[name];
  const isNew = place === null;
  const shown = () => String(body()[needed[0]] ?? '');

  function wrong() {
    const now = body();
    const missing = needed.filter((path) => now[path] === undefined).map((path) => ({ path, message: t('places.missing') }));
    const emptied = kept.filter((path) => place?.[path] && now[path] === undefined)
      .map((path) => ({ path, message: t('templates.cannotEmpty') }));
    return [...missing, ...emptied, ...problems()];
  }

  return recordForm(app, {
    title: isNew ? t(`${name}.new`) : title,
    rows,
    problems: wrong,
    save: (key) => (isNew
      ? calls.create(body(), key)
      : calls.update(place.id, { version: place.version, ...body(), ...more.also }, key)),
    saveLabel: more.saveLabel,
    remove: isNew || more.keep ? null : () => calls.remove(place.id),
    removeLabel: t(`${name}.remove`),
    removeIntro: t(`${name}.removeIntro`),
    done: (_, what) => tools.done(t(what === 'saved' ? 'places.saved' : `${name}.removed`, { name: shown() })),
    reload: tools.again,
    cancel: tools.close,
  });
}

/** Only what is filled. @param {Record<string, string>} values */
export const filled = (values) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value.trim()]).filter(([, value]) => value));
