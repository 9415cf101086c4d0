/** Going into a consultation by picture or voice: asks for the link when it is wanted, says in place why there is none. */
import { h, setText } from './dom.js';
import { button, whileBusy } from './buttons.js';
import { sentenceFor } from './errors.js';
import { hasRoom } from '../pure/appointments.js';
import { isWebLink } from '../pure/payments.js';
import { t } from '../i18n.js';

/** The room opens so long before the visit. */
const SOON = 15 * 60_000;

/** Follows a link in a new tab that knows nothing of this one; a browser that blocks it leaves the link to be pressed. */
function follow(anchor) {
  anchor.click();
  anchor.focus({ preventScroll: true });
}

/**
 * What was answered stays where it was said, also when the list is drawn anew.
 * @param {object} app
 * @returns {(visit: object) => HTMLElement|null} nothing where there is no room to go to
 */
export function createJoin(app) {
  /** @type {Map<string, {problem?: string, url?: string}>} */
  const answers = new Map();
  // The list may be drawn anew before the answer is there: it is shown where the visit stands now.
  const shown = new Map();

  /** Before its time the sentence says when that is. */
  const refusalOf = (error) => [
    sentenceFor(error),
    error.details?.opensAt && t('join.opens', { time: app.time.moment(error.details.opensAt) }),
  ].filter(Boolean).join(' ');

  return (visit) => {
    if (!hasRoom(visit)) return null;
    const problem = h('p', { class: 'form-problem join-problem', role: 'alert', hidden: true });
    const place = h('span', { class: 'join-link' });
    const go = button({
      label: t('join.do'),
      kind: Date.parse(visit.startsAt) - app.clock.now() < SOON ? 'primary' : 'plain',
      'aria-label': t('join.spoken', { time: app.time.moment(visit.startsAt) }),
      dataset: { key: `join ${visit.id}` },
      on: { click: () => whileBusy(go, join) },
    });

    function show() {
      const { problem: text = '', url = null } = answers.get(visit.id) ?? {};
      setText(problem, text);
      problem.hidden = !text;
      place.replaceChildren(...(url ? [h(
        'a',
        { class: 'button', href: url, target: '_blank', rel: 'noopener noreferrer', dataset: { key: `link ${visit.id}` } },
        t('join.link'),
      )] : []));
      return place.querySelector('a');
    }

    async function join() {
      try {
        const { url } = await app.api.visitLink(visit.id);
        answers.set(visit.id, isWebLink(url) ? { url } : { problem: t('join.unsafe') });
      } catch (error) {
        answers.set(visit.id, { problem: refusalOf(error) });
      }
      const anchor = shown.get(visit.id)();
      if (!anchor) return;
      app.announcer.polite(t('join.opened'));
      follow(anchor);
    }

    shown.set(visit.id, show);
    show();
    return h('div', { class: 'join' }, go, place, problem);
  };
}
