/** Alert templates: what is raised often, ready to raise with a room alone. */
import { h } from '../ui/dom.js';
import { button } from '../ui/buttons.js';
import { recordList } from '../ui/record-list.js';
import { setupPage } from '../ui/setup-page.js';
import { templateForm } from '../ui/template-form.js';
import { templateSign } from '../ui/template-choice.js';
import { t } from '../i18n.js';

/** @param {object} app */
export function templatesView(app) {
  function row(template, edit) {
    const where = template.departmentId ? app.lookups.departmentName(template.departmentId) : t('card.wholeHospital');
    const facts = [app.lookups.typeTitle(template.alertType), t(`urgency.${template.urgencyLevel}`), where];
    return h(
      'li',
      { class: 'ladder', dataset: { templateId: template.id } },
      templateSign(template),
      h(
        'div',
        {},
        h('p', { class: 'ladder-scope' }, template.name),
        h('p', { class: 'ladder-steps' }, facts.filter(Boolean).join(' · ')),
      ),
      button({
        label: t('ladders.edit'),
        'aria-label': t('templates.editSpoken', { name: template.name }),
        on: { click: () => edit(template) },
      }),
    );
  }

  const records = recordList(app, {
    newLabel: t('templates.new'),
    load: app.api.templates,
    idOf: (template) => template.id,
    form: (template, tools) => templateForm(app, template, tools),
    list: (templates, edit) => [
      templates.length > 0
        ? h('div', { class: 'panel' }, h('ul', {}, templates.map((template) => row(template, edit))))
        : h('p', { class: 'page-note' }, t('templates.none')),
    ],
  });
  const page = setupPage(app, 'templates', records.element);
  return { ...page, keys: {}, destroy: records.destroy };
}
