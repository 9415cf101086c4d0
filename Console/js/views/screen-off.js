/** What a ward screen says when it may not show anything: loudly, so that nobody waits for an alert on it. */
import { h } from '../ui/dom.js';
import { icon } from '../ui/icons.js';
import { button } from '../ui/buttons.js';
import { field } from '../ui/forms.js';
import { t } from '../i18n.js';

/** The token out of a pasted link, or the text itself. */
function tokenIn(text) {
  const fragment = text.trim().split('#')[1];
  return (fragment && new URLSearchParams(fragment).get('token')) ?? text.trim();
}

/** @param {object} app @param {{reason: 'revoked'|'empty'|'forbidden', since?: number}} params */
export function screenOffView(app, { reason, since = NaN }) {
  const control = h('input', { type: 'text', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' });
  const row = field({ label: t('screenOff.link'), name: 'link', control });
  const form = h(
    'form',
    { class: 'screen-off-form', on: { submit: use } },
    row,
    button({ label: t('screenOff.use'), kind: 'primary', type: 'submit' }),
  );
  const heading = h('h1', { tabindex: '-1' }, t(`screenOff.${reason}`));
  const when = Number.isFinite(since)
    ? h('p', { class: 'screen-off-since' }, t('screenOff.since', { time: app.time.full(since) }))
    : null;
  const element = h(
    'main',
    { class: 'screen-off', id: 'main', dataset: { reason } },
    icon('broken'),
    heading,
    h('p', { role: 'alert' }, t(`screenOff.${reason}Text`)),
    when,
    form,
  );

  function use(event) {
    event.preventDefault();
    const token = tokenIn(control.value);
    if (token) app.useScreenToken(token);
  }

  return { title: t(`screenOff.${reason}`), element, heading, keys: {}, destroy() {} };
}
