/** Where somebody is signed in, and how to end that. */
import { h } from './dom.js';
import { button, whileBusy } from './buttons.js';
import { accountSentence } from './account-errors.js';
import { panel } from './account-page.js';
import { formDialog } from './dialog.js';
import { deviceName } from '../pure/device-name.js';
import { plural, t, word } from '../i18n.js';

function nameOf(session) {
  const { browser, system, other } = deviceName(session.device);
  if (browser && system) return t('devices.name', { browser, system });
  return browser ?? (other || t('devices.unknown'));
}

/** @param {object} app @returns {{element: HTMLElement, load: () => Promise<void>}} */
export function devicesPanel(app) {
  const part = panel(t('devices.title'), h('p', {}, t('record.loading')));

  async function load() {
    try {
      show(await app.api.devices());
    } catch (error) {
      part.fill(h('p', { class: 'form-problem', role: 'alert' }, accountSentence(error)));
    }
  }

  /** The list loses the button that was pressed: the focus goes to the heading. */
  async function end(call, text) {
    try {
      const answer = await call();
      app.toasts.good(text(answer));
      await load();
      part.heading.focus();
    } catch (error) {
      app.toasts.bad(accountSentence(error));
    }
  }

  function row(session) {
    const name = nameOf(session);
    const leave = button({
      label: t('devices.end'), 'aria-label': t('devices.endSpoken', { name, time: app.time.full(session.createdAt) }),
      on: { click: () => whileBusy(leave, () =>
        end(() => app.api.signOutDevice(session.id), () => t('devices.ended', { name }))) },
    });
    const how = [
      word('devices.method', session.method),
      session.secondFactorAt && t('devices.withFactor'),
      session.address,
    ];
    const when = [
      t('devices.signedIn', { time: app.time.full(session.createdAt) }),
      t('devices.seen', { time: app.time.full(session.lastSeenAt) }),
    ];
    return h(
      'li',
      { class: 'device', dataset: { current: String(session.isCurrent) } },
      h(
        'div',
        {},
        h('p', { class: 'device-name' }, name, session.isCurrent && h('span', { class: 'tag' }, t('devices.current'))),
        h('p', { class: 'device-facts' }, how.filter(Boolean).join(' · ')),
        h('p', { class: 'device-facts' }, when.join(' · ')),
      ),
      session.isCurrent ? null : leave,
    );
  }

  async function askAll() {
    await formDialog({
      title: t('devices.allTitle'),
      intro: t('devices.allIntro'),
      rows: [],
      submitLabel: t('devices.all'),
      kind: 'danger',
      submit: () => end(
        () => app.api.signOutOthers(), ({ revoked }) => plural('devices.allEnded', revoked.length)),
      onError: accountSentence,
      fallbackFocus: () => part.heading.focus(),
    });
  }

  function show(sessions) {
    const isAlone = sessions.every((session) => session.isCurrent);
    const all = button({ label: t('devices.all'), kind: 'danger', on: { click: askAll } });
    part.fill(
      h('ul', { class: 'devices' }, sessions.map(row)),
      isAlone ? h('p', { class: 'field-hint' }, t('devices.alone')) : h('div', { class: 'account-actions' }, all),
    );
  }

  load();
  return { element: part.element, load };
}
