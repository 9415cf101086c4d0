/** The hospital's catalogue of alert types: urgency, quorum, merge window. */
import { h } from '../ui/dom.js';
import { button } from '../ui/buttons.js';
import { recordList } from '../ui/record-list.js';
import { askedText } from '../ui/response-words.js';
import { setupPage } from '../ui/setup-page.js';
import { typeForm } from '../ui/type-form.js';
import { meter } from '../ui/urgency-mark.js';
import { t } from '../i18n.js';
import { writeSeconds } from '../pure/steps.js';

/** @param {object} app */
export function alertTypesView(app) {
  function row(type, edit) {
    const asked = (type.quorum ?? []).map((each) => askedText(each)).join(' · ');
    const merge = type.mergeWindowSeconds > 0 && type.defaultUrgency < 4
      ? t('alertTypes.merges', { time: writeSeconds(type.mergeWindowSeconds) })
      : t('alertTypes.mergesNever');
    return h(
      'li',
      { class: 'ladder', dataset: { code: type.code, active: String(type.isActive !== false) } },
      h(
        'div',
        {},
        h(
          'p',
          { class: 'ladder-scope' },
          meter(type.defaultUrgency),
          h('span', {}, type.title),
          type.isActive === false && h('span', { class: 'tag' }, t('alertTypes.inactive')),
        ),
        h('p', { class: 'ladder-steps' }, [t(`urgency.${type.defaultUrgency}`), merge].join(' · ')),
        asked && h('p', { class: 'type-quorum' }, t('alertTypes.asks', { asked })),
      ),
      button({
        label: t('ladders.edit'),
        'aria-label': t('alertTypes.editSpoken', { title: type.title }),
        on: { click: () => edit(type) },
      }),
    );
  }

  const records = recordList(app, {
    newLabel: t('alertTypes.new'),
    load: app.api.allTypes,
    idOf: (type) => type.code,
    form: (type, tools) => typeForm(app, type, tools),
    list: (types, edit) => [h('div', { class: 'panel' }, h('ul', {}, types.map((type) => row(type, edit))))],
  });
  const page = setupPage(app, 'alertTypes', records.element);
  return { ...page, keys: {}, destroy: records.destroy };
}
