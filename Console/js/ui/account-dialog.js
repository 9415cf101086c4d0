/** The person: who is signed in, in which hospital, how the console looks and sounds, and the way out. */
import { h } from './dom.js';
import { button, whileBusy } from './buttons.js';
import { field, radioGroup } from './forms.js';
import { openDialog } from './dialog.js';
import { openHelp } from './help-dialog.js';
import { sentenceFor } from './errors.js';
import { THEMES, chooseTheme, chosenTheme } from '../app/theme.js';
import { t, word } from '../i18n.js';

function hospitalChoice(app) {
  const { memberships, hospital } = app.session.current;
  if (memberships.length < 2) return null;
  const options = memberships.map((m) => h(
    'option',
    { value: m.hospitalId },
    `${m.hospitalName} – ${word('role', m.role)}`,
  ));
  const control = h('select', { on: { change: () => app.changeHospital(control.value) } }, options);
  control.value = hospital?.id ?? '';
  return field({ label: t('account.hospital'), name: 'hospital', control });
}

function themeChoice() {
  const options = THEMES.map((theme) => ({ value: theme, content: [t(`theme.${theme}`)] }));
  const group = radioGroup({
    legend: t('account.theme'),
    name: 'theme',
    options,
    value: chosenTheme(),
    className: 'segments',
  });
  group.addEventListener('change', () => chooseTheme(group.read()));
  return group;
}

/** @param {object} app */
export function openAccount(app) {
  const { user, role, hospital, environment } = app.session.current;
  const dialog = openDialog({
    title: user.name,
    className: 'dialog-account',
    body: (close) => {
      const leave = button({
        label: t('account.signOut'),
        icon: 'leave',
        kind: 'danger',
        on: { click: () => whileBusy(leave, signOut) },
      });
      async function signOut() {
        try {
          app.leaving();
          await app.session.signOut();
          close();
        } catch (error) {
          app.toasts.bad(sentenceFor(error));
        }
      }
      const facts = h(
        'p',
        { class: 'account-facts' },
        `${word('role', role)} · ${hospital?.name ?? ''}`,
        h('br'),
        user.email,
      );
      const go = (path) => {
        // After the dialog has given the focus back, so that the page's heading gets it.
        dialog.addEventListener('close', () => app.router.go(path), { once: true });
        close();
      };
      const pages = [['profile', 'person'], ['security', 'key']].map(([page, sign]) => button({
        label: t(`account.${page}`), icon: sign, on: { click: () => go(`/${page}`) },
      }));
      const other = [
        ...pages,
        button({ label: t('sound.test'), icon: 'sound', kind: 'plain', on: { click: () => app.sound.test() } }),
        button({ label: t('help.title'), icon: 'help', kind: 'plain', on: { click: () => { close(); openHelp(); } } }),
      ];
      const test = environment && environment !== 'production' && h(
        'p',
        { class: 'field-hint' },
        t('account.environment', { name: environment }),
      );
      return [
        h(
          'div',
          { class: 'account' },
          facts,
          hospitalChoice(app),
          themeChoice(),
          h('div', { class: 'account-buttons' }, other),
          test,
          leave,
        ),
      ];
    },
  });
}
