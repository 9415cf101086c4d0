/** Editing one ladder, with the dry run of the unsaved draft below it. */
import { h } from './dom.js';
import { field } from './forms.js';
import { departmentOptions, selectOf, typeOptions, urgencyOptions } from './choices.js';
import { dryRun } from './dry-run.js';
import { recordForm } from './record-form.js';
import { stepsField } from './steps-field.js';
import { t } from '../i18n.js';
import { LONGEST_SECONDS, readSeconds, writeSeconds } from '../pure/steps.js';

const USUAL = { urgencyLevel: 3, departmentId: null, alertType: null, stepSeconds: [300, 600, 900], repeats: false };

/** @param {object} app @param {object|null} ladder a default one is the beginning of an own one */
export function ladderForm(app, ladder, { close, again, done }) {
  const from = ladder ?? USUAL;
  const isNew = !ladder?.id;
  const changed = () => run.changed();
  const urgency = selectOf(urgencyOptions(), from.urgencyLevel, { change: changed });
  const department = selectOf(departmentOptions(app, t('ladders.everywhere')), from.departmentId, { change: changed });
  const type = selectOf(typeOptions(app, t('ladders.everyType')), from.alertType, { change: changed });
  const steps = stepsField(from.stepSeconds, changed);
  const repeats = h('input', { type: 'checkbox', checked: from.repeats === true, on: { change: changed } });
  const response = h('input', {
    type: 'text',
    autocomplete: 'off',
    class: 'step-input',
    value: from.responseSeconds ? writeSeconds(from.responseSeconds) : '',
  });
  const responseRow = field({
    label: t('ladders.response'),
    name: 'responseSeconds',
    hint: t('ladders.responseHint'),
    optional: true,
    control: response,
  });
  const rows = [
    field({ label: t('ladders.urgency'), name: 'urgencyLevel', control: urgency }),
    field({ label: t('ladders.department'), name: 'departmentId', control: department }),
    field({ label: t('ladders.type'), name: 'alertType', control: type }),
    steps,
    h('label', { class: 'check', dataset: { field: 'repeats' } }, repeats, h('span', {}, t('ladders.repeats'))),
    responseRow,
  ];
  rows[4].setError = () => {};

  function draft() {
    return {
      urgencyLevel: Number(urgency.value),
      ...(department.value ? { departmentId: department.value } : {}),
      ...(type.value ? { alertType: type.value } : {}),
      stepSeconds: steps.read(),
      repeats: repeats.checked,
    };
  }

  function problems() {
    const errors = [];
    const bad = steps.problem();
    if (bad) errors.push({ path: 'stepSeconds', message: t(`ladders.bad.${bad.problem}`, { number: bad.index + 1 }) });
    if (response.value.trim() && !Number.isFinite(readSeconds(response.value))) {
      errors.push({ path: 'responseSeconds', message: t('ladders.responseBad') });
    }
    return errors;
  }

  /** A time that is emptied becomes what an empty one means, for an edit cannot take a value away. */
  function responseSeconds() {
    if (response.value.trim()) return { responseSeconds: readSeconds(response.value) };
    if (!ladder?.id || !ladder.responseSeconds) return {};
    return { responseSeconds: Math.min(LONGEST_SECONDS, 2 * steps.read()[0]) };
  }

  function body() {
    const { stepSeconds, repeats: isRepeating, ...place } = draft();
    const rest = { stepSeconds, repeats: isRepeating, ...responseSeconds() };
    return isNew ? { ...place, ...rest } : { version: ladder.version, ...rest };
  }

  const run = dryRun(app, () => (steps.problem() ? null : draft()));
  const form = recordForm(app, {
    title: t(isNew ? 'ladders.newTitle' : 'ladders.editTitle'),
    rows,
    problems,
    save: (key) => (isNew ? app.api.createLadder(body(), key) : app.api.updateLadder(ladder.id, body(), key)),
    remove: isNew ? null : () => app.api.deleteLadder(ladder.id),
    removeLabel: t('ladders.delete'),
    removeIntro: t('ladders.deleteIntro'),
    done: (_, what) => done(t(what === 'saved' ? 'ladders.saved' : 'ladders.deleted')),
    reload: again,
    cancel: close,
  });
  for (const control of isNew ? [] : [urgency, department, type]) control.disabled = true;
  const element = h('div', { class: 'ladder-edit' }, form.element, run.element);
  return { element, heading: form.heading, destroy: run.destroy };
}
