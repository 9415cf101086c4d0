/**
 * A page that lists records and edits one of them beside the list: loading, choosing, making a new one.
 * What the list looks like and what the form asks is the caller's.
 */
import { h, setText } from './dom.js';
import { button } from './buttons.js';
import { sentenceFor } from './errors.js';
import { t } from '../i18n.js';

/**
 * @param {object} app
 * @param {object} options
 * @param {string} [options.newLabel] without it nothing new is made here
 * @param {Node} [options.tools] what stands above the list
 * @param {() => Promise<object[]>} options.load
 * @param {(records: object[], edit: (record: object) => void) => Node[]} options.list
 * @param {(record: object|null, tools: {close: () => void, again: () => void, done: Function}) =>
 *   {element: HTMLElement, heading: HTMLElement, destroy?: () => void}} options.form null makes a new record
 * @param {(record: object) => string} options.idOf
 */
export function recordList(app, { newLabel, tools, load, list, form, idOf }) {
  let records = [];
  let open = null;
  let gone = false;
  let shown = false;
  let turn = 0;
  const add = newLabel
    ? button({ label: newLabel, icon: 'raise', kind: 'primary', disabled: true, on: { click: () => edit(null) } })
    : null;
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const body = h('div', { class: 'record-list' }, h('p', { class: 'page-note' }, t('record.loading')));
  const side = h('div', { class: 'record-side', hidden: true });
  const main = h('div', { class: 'record-main' }, add && h('div', {}, add), tools, problem, body);
  const element = h('div', { class: 'record-columns' }, main, side);

  function close() {
    open?.destroy?.();
    open = null;
    side.replaceChildren();
    side.hidden = true;
    element.toggleAttribute('data-editing', false);
  }

  function edit(record) {
    close();
    open = form(record, { close: leave, again: () => refresh(record), done });
    side.replaceChildren(open.element);
    side.hidden = false;
    element.toggleAttribute('data-editing', true);
    open.heading.focus({ preventScroll: true });
    open.element.scrollIntoView({ block: 'nearest' });
  }

  function leave() {
    close();
    if (add) add.focus();
    else app.focusMain();
  }

  async function refresh(record) {
    await reload();
    const now = records.find((each) => idOf(each) === idOf(record));
    if (now) edit(now);
    else leave();
  }

  async function done(text) {
    leave();
    app.toasts.good(text);
    await reload();
  }

  /** What was asked for last is shown, whichever answer comes last. */
  async function reload() {
    const mine = (turn += 1);
    try {
      // With the names at once: a list drawn anew under a finger loses the press.
      const [loaded] = await Promise.all([load(), app.lookups.ready]);
      if (gone || mine !== turn) return;
      records = loaded ?? [];
      problem.hidden = true;
      render();
    } catch (error) {
      if (gone || mine !== turn) return;
      setText(problem, sentenceFor(error));
      problem.hidden = false;
      if (!shown) body.replaceChildren(button({ label: t('outbox.again'), on: { click: reload } }));
    }
  }

  /** What a form offers came with the records: nothing new is made before. */
  function render() {
    shown = true;
    if (add) add.disabled = false;
    body.replaceChildren(...list(records, edit));
  }

  const stop = app.lookups.on(() => records.length > 0 && render());
  reload();
  return {
    element,
    edit,
    reload,
    /** The same records again, where the caller shows others of them. */
    show: render,
    destroy() {
      gone = true;
      close();
      stop();
    },
  };
}
