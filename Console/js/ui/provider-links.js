/** Links to the other providers with which people sign in here. */
import { h } from './dom.js';
import { providerName } from '../pure/providers.js';
import { t } from '../i18n.js';

/** Links, so that they open as links do; without an answer the password is all there is. @param {object} app */
export function providerLinks(app) {
  const element = h('div', { class: 'sign-in-others', hidden: true });
  load();
  return element;

  async function load() {
    let names = [];
    try {
      names = (await app.api.providers()).data.providers;
    } catch (error) {
      if (!error.isUnreachable && !error.status) throw error;
      return;
    }
    const back = encodeURIComponent(location.pathname);
    element.hidden = names.length === 0;
    element.replaceChildren(
      h('p', { class: 'sign-in-or' }, t('signIn.or')),
      ...names.map((name) =>
        h(
          'a',
          { class: 'button button-large', href: `/api/auth/sign-in/${name}?returnTo=${back}` },
          t('signIn.with', { name: providerName(name) }),
        )),
    );
  }
}
