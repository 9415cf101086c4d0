/** Editing one alert template: what is filled in when somebody raises from it. */
import { h } from './dom.js';
import { field } from './forms.js';
import { departmentOptions, selectOf, typeOptions, urgencyOptions } from './choices.js';
import { recordForm } from './record-form.js';
import { t } from '../i18n.js';

const USUAL_COLOUR = '#0a4f59';

/** @param {object} app @param {object|null} template */
export function templateForm(app, template, { close, again, done }) {
  const isNew = template === null;
  const name = h('input', { type: 'text', maxlength: 100, autocomplete: 'off', value: template?.name ?? '' });
  const type = selectOf(typeOptions(app, null), template?.alertType ?? app.lookups.types[0]?.code ?? '');
  const usual = () => app.lookups.types.find(({ code }) => code === type.value)?.defaultUrgency;
  const urgency = selectOf(urgencyOptions(), template?.urgencyLevel ?? usual() ?? 3);
  type.addEventListener('change', () => {
    urgency.value = String(usual() ?? urgency.value);
  });
  const department = selectOf(departmentOptions(app, t('card.wholeHospital')), template?.departmentId);
  const description = h('textarea', { rows: 3, maxlength: 500, value: template?.defaultDescription ?? '' });
  const sign = h('input', {
    type: 'text',
    maxlength: 10,
    autocomplete: 'off',
    class: 'step-input',
    value: template?.icon ?? '',
  });
  const colour = h('input', { type: 'color', value: template?.color ?? USUAL_COLOUR });
  const rows = [
    field({ label: t('templates.name'), name: 'name', hint: t('templates.nameHint'), control: name }),
    field({ label: t('templates.type'), name: 'alertType', control: type }),
    field({ label: t('templates.urgency'), name: 'urgencyLevel', control: urgency }),
    field({ label: t('raise.department'), name: 'departmentId', control: department }),
    field({
      label: t('raise.description'),
      name: 'defaultDescription',
      hint: t('raise.descriptionHint'),
      optional: true,
      control: description,
    }),
    field({ label: t('templates.icon'), name: 'icon', hint: t('templates.iconHint'), optional: true, control: sign }),
    field({ label: t('templates.color'), name: 'color', control: colour }),
  ];

  const orNothing = (key, value) => (value ? { [key]: value } : {});

  /** An edit changes what it names and leaves the rest: what was there cannot be taken away. */
  function problems() {
    const errors = name.value.trim() ? [] : [{ path: 'name', message: t('templates.nameMissing') }];
    const now = { departmentId: department, defaultDescription: description, icon: sign };
    for (const [path, control] of Object.entries(now)) {
      if (template?.[path] && !control.value.trim()) errors.push({ path, message: t('templates.cannotEmpty') });
    }
    return errors;
  }

  function body() {
    return {
      ...(isNew ? {} : { version: template.version }),
      name: name.value.trim(),
      alertType: type.value,
      urgencyLevel: Number(urgency.value),
      ...orNothing('departmentId', department.value),
      ...orNothing('defaultDescription', description.value.trim()),
      ...orNothing('icon', sign.value.trim()),
      color: colour.value.toUpperCase(),
    };
  }

  return recordForm(app, {
    title: isNew ? t('templates.newTitle') : template.name,
    rows,
    problems,
    save: (key) => (isNew ? app.api.createTemplate(body(), key) : app.api.updateTemplate(template.id, body(), key)),
    remove: isNew ? null : () => app.api.deleteTemplate(template.id),
    removeLabel: t('templates.delete'),
    removeIntro: t('templates.deleteIntro'),
    done: (_, what) => done(t(what === 'saved' ? 'templates.saved' : 'templates.deleted', { name: name.value.trim() })),
    reload: again,
    cancel: close,
  });
}
