/** The words of Ward's messages, by message and language: Ward's own, or the hospital's in their place. */
import { h } from '../ui/dom.js';
import { button } from '../ui/buttons.js';
import { messageForm } from '../ui/message-form.js';
import { recordList } from '../ui/record-list.js';
import { setupPage } from '../ui/setup-page.js';
import { t, word } from '../i18n.js';

const idOf = ({ name, language }) => `${name} ${language}`;

/** @param {object} app */
export function messagesView(app) {
  const languageName = (code) => word('language', code);

  function line(template, edit) {
    return h(
      'li',
      { class: 'ladder', dataset: { template: idOf(template), own: String(template.isOwn) } },
      h(
        'div',
        {},
        h(
          'p',
          { class: 'ladder-scope' },
          h('span', {}, languageName(template.language)),
          template.isOwn && h('span', { class: 'tag' }, t('messages.own')),
        ),
        h('p', { class: 'ladder-steps message-sample' }, template.subject),
      ),
      button({
        label: t('ladders.edit'),
        'aria-label': t('messages.editSpoken', {
          name: word('message', template.name), language: languageName(template.language),
        }),
        on: { click: () => edit(template) },
      }),
    );
  }

  function group([name, templates], edit) {
    return h(
      'section',
      { class: 'panel', dataset: { message: name } },
      h('h2', {}, word('message', name)),
      h('ul', {}, templates.map((template) => line(template, edit))),
    );
  }

  function list(templates, edit) {
    const groups = new Map();
    for (const template of templates) groups.set(template.name, [...groups.get(template.name) ?? [], template]);
    return [...groups].map((each) => group(each, edit));
  }

  const records = recordList(app, {
    load: app.api.messages.list,
    idOf,
    form: (template, tools) => messageForm(app, template, tools),
    list,
  });
  const page = setupPage(app, 'messages', records.element);
  return { ...page, keys: {}, destroy: records.destroy };
}
