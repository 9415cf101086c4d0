/** The keyboard shortcuts, and the switch that turns single keys off. */
import { h } from './dom.js';
import { openDialog } from './dialog.js';
import { setShortcuts, shortcutsOn } from '../app/shortcuts.js';
import { t } from '../i18n.js';

const GROUPS = [
  {
    title: 'help.everywhere',
    keys: [
      ['n', 'help.raise'],
      ['b', 'help.board'],
      ['s', 'help.staff'],
      ['p', 'help.print'],
      ['f', 'help.figures'],
      ['m', 'help.pause'],
      ['?', 'help.help'],
    ],
  },
  {
    title: 'help.onBoard',
    keys: [['j', 'help.next'], ['k', 'help.previous'], ['o', 'help.open'], ['/', 'help.filter'], ['w', 'help.wall']],
  },
  {
    title: 'help.onCard',
    keys: [
      ['a', 'help.answer'],
      ['i', 'action.arrive'],
      ['u', 'action.withdraw'],
      ['r', 'action.resolve'],
      ['d', 'action.decline'],
      ['e', 'action.escalate'],
      ['c', 'action.cancel'],
    ],
  },
  {
    title: 'help.batch',
    keys: [
      ['x', 'help.pick'],
      ['⇧ X', 'help.pickRange'],
      ['⇧ J', 'help.pickNext'],
      ['⇧ K', 'help.pickPrevious'],
      ['Esc', 'help.pickNone'],
    ],
  },
];

export function openHelp() {
  const box = h('input', { type: 'checkbox', checked: shortcutsOn(), on: { change: () => setShortcuts(box.checked) } });
  const groups = GROUPS.map(({ title, keys }) =>
    h('section', { class: 'help-group' }, h('h3', {}, t(title)),
      h(
        'dl',
        {},
        keys.map(([key, text]) => h(
          'div',
          { class: 'help-row' },
          h('dt', {}, h('kbd', {}, key)),
          h('dd', {}, t(text)),
        )),
      )));
  openDialog({
    title: t('help.title'),
    className: 'dialog-wide',
    body: () => [
      h('div', { class: 'help-groups' }, groups),
      h('label', { class: 'check' }, box, h('span', {}, t('help.switch'))),
    ],
  });
}
