/** Modal dialogs on the browser's own `dialog`: focus is kept inside, Escape closes, focus goes back. */
import { h, freshId } from './dom.js';
import { hostLiveRegions } from './announcer.js';
import { button } from './buttons.js';
import { icon } from './icons.js';
import { t } from '../i18n.js';

const isShown = (element) => element.offsetParent !== null;

/**
 * Opens a dialog. `body` gets a function that closes it.
 * @param {{title: string, className?: string, body: (close: () => void) => Node[], fallbackFocus?: () => void}} options
 */
export function openDialog({ title, className = '', body, fallbackFocus }) {
  const id = freshId('dialog');
  const before = document.activeElement;
  const dialog = h('dialog', { class: `dialog ${className}`.trim(), 'aria-labelledby': id });
  const close = () => dialog.close();
  const cross = h(
    'button',
    { type: 'button', class: 'dialog-close', 'aria-label': t('common.close'), on: { click: close } },
  );
  cross.append(icon('cross'));
  dialog.append(h('header', { class: 'dialog-head' }, h('h2', { id }, title), cross), ...body(close));
  dialog.addEventListener('close', () => {
    hostLiveRegions(document.querySelector('dialog[open]') ?? document.body);
    dialog.remove();
    if (before instanceof HTMLElement && before.getClientRects().length > 0) before.focus();
    else fallbackFocus?.();
  });
  document.body.append(dialog);
  hostLiveRegions(dialog);
  dialog.showModal();
  const first = [...dialog.querySelectorAll('[data-first], textarea, input, .button-primary')].find(isShown);
  (first ?? cross).focus();
  return dialog;
}

/**
 * A dialog with a form: the promise settles when it is closed. `submit` may throw an ApiError,
 * which `onError` shows inside; the dialog then stays open and nothing typed is lost.
 */
export function formDialog({ title, intro, rows, submitLabel, kind = 'primary', submit, onError, fallbackFocus }) {
  return new Promise((resolve) => {
    let done = false;
    const dialog = openDialog({
      title,
      fallbackFocus,
      body: (close) => {
        const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
        const send = button({ label: submitLabel, kind, type: 'submit', 'data-first': rows.length === 0 });
        const form = h('form', { class: 'dialog-form', novalidate: true });
        form.append(...(intro ? [h('p', { class: 'dialog-intro' }, intro)] : []), ...rows, problem);
        form.append(h(
          'div',
          { class: 'dialog-actions' },
          button({ label: t('common.back'), kind: 'quiet', on: { click: close } }),
          send,
        ));
        form.addEventListener('submit', async (event) => {
          event.preventDefault();
          if (send.getAttribute('aria-busy') === 'true') return;
          send.setAttribute('aria-busy', 'true');
          try {
            done = (await submit()) !== false;
            if (done) close();
          } catch (error) {
            const text = onError(error);
            problem.textContent = text ?? '';
            problem.hidden = !text;
          } finally {
            send.removeAttribute('aria-busy');
          }
        });
        return [form];
      },
    });
    dialog.addEventListener('close', () => resolve(done));
  });
}
