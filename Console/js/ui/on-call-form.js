/** One schedule on call: its name, where it counts, and its layers; the first layer with somebody counts. */
import { h, setText } from './dom.js';
import { button } from './buttons.js';
import { departmentOptions, selectOf } from './choices.js';
import { field } from './forms.js';
import { layerEditor } from './layer-editor.js';
import { recordForm } from './record-form.js';
import { STAFF_ROLES } from '../pure/staff-roles.js';
import { t, word } from '../i18n.js';

const MOST_LAYERS = 5;

/** @param {object} app @param {object|null} schedule @param {{people, today, close, again, done}} tools */
export function onCallForm(app, schedule, { people, today, close, again, done }) {
  const isNew = schedule === null;
  const name = h('input', { type: 'text', maxlength: 100, autocomplete: 'off', value: schedule?.name ?? '' });
  const department = selectOf(departmentOptions(app, t('card.wholeHospital')), schedule?.departmentId);
  const roles = STAFF_ROLES.map((value) => ({ value, text: word('role', value) }));
  const role = selectOf([{ value: '', text: t('onCall.anyRole') }, ...roles], schedule?.role);
  const fresh = () => ({ participants: [], rotation: 'weekly', handover: '08:00', startDate: today });
  let layers = schedule?.layers ?? [fresh()];
  let editors = [];
  const host = h('div', { class: 'stack' });
  const error = h('p', { class: 'field-error', role: 'alert', hidden: true });
  const add = button({ label: t('onCall.addLayer'), on: { click: () => draw([...read(), fresh()]) } });
  const layersRow = h('div', { class: 'field', dataset: { field: 'layers' } }, host, h('div', {}, add), error);
  layersRow.setError = (text) => {
    setText(error, text ?? '');
    error.hidden = !text;
    layersRow.classList.toggle('field-bad', Boolean(text));
  };
  layersRow.focusControl = () => host.querySelector('select')?.focus();
  const read = () => editors.map((editor) => editor.read());

  function draw(next) {
    layers = next;
    editors = layers.map((layer, index) => layerEditor(people, layer, {
      number: index + 1,
      remove: () => draw(read().filter((_, other) => other !== index)),
    }));
    host.replaceChildren(...editors.map((editor) => editor.element));
    add.hidden = layers.length >= MOST_LAYERS;
  }

  function problems() {
    const errors = [];
    if (!name.value.trim()) errors.push({ path: 'name', message: t('people.nameMissing') });
    if (schedule?.departmentId && !department.value) errors.push({ path: 'departmentId', message: t('templates.cannotEmpty') });
    if (schedule?.role && !role.value) errors.push({ path: 'role', message: t('templates.cannotEmpty') });
    if (editors.some((editor) => editor.isEmpty())) errors.push({ path: 'layers', message: t('onCall.nobodyIn') });
    return errors;
  }

  draw(layers);
  const body = () => ({
    name: name.value.trim(),
    layers: read(),
    ...(department.value ? { departmentId: department.value } : {}),
    ...(role.value ? { role: role.value } : {}),
  });
  return recordForm(app, {
    title: isNew ? t('onCall.new') : schedule.name,
    rows: [
      field({ label: t('people.name'), name: 'name', hint: t('onCall.nameHint'), control: name }),
      field({ label: t('people.department'), name: 'departmentId', control: department }),
      field({ label: t('people.role'), name: 'role', control: role }),
      layersRow,
    ],
    problems,
    save: (key) => (isNew
      ? app.api.createOnCall(body(), key)
      : app.api.updateOnCall(schedule.id, { version: schedule.version, ...body() }, key)),
    remove: isNew ? null : () => app.api.deleteOnCall(schedule.id),
    removeLabel: t('onCall.remove'),
    removeIntro: t('onCall.removeIntro'),
    done: (made, what) => done(made, t(what === 'saved' ? 'places.saved' : 'onCall.removed', { name: name.value.trim() })),
    reload: again,
    cancel: close,
  });
}
