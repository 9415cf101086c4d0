/** What a message would say on each channel, with the values of a sample. */
import { h, setText } from './dom.js';
import { radioGroup } from './forms.js';
import { sentenceFor } from './errors.js';
import { plural, t } from '../i18n.js';

const CHANNELS = ['email', 'push', 'sms'];
/** A text message of the plain alphabet; beyond it more than one is sent. */
const ONE_SMS = 160;
const NEXT_SMS = 153;

export function messagePreview() {
  let said = null;
  const title = h('p', { class: 'preview-title' });
  const body = h('div', { class: 'preview-body' });
  const note = h('p', { class: 'field-hint', role: 'status' });
  const which = radioGroup({
    legend: t('messages.preview'),
    name: 'preview',
    value: 'email',
    className: 'segments',
    options: CHANNELS.map((value) => ({ value, content: [t(`channel.${value}`)] })),
  });
  which.addEventListener('change', draw);
  const sheet = h('div', { class: 'preview-sheet' }, title, body);
  const element = h('section', { class: 'preview', 'aria-label': t('messages.preview') }, which, sheet, note);

  function draw() {
    if (!said) return;
    const channel = which.read();
    sheet.dataset.channel = channel;
    title.hidden = channel === 'sms';
    setText(title, said.subject);
    if (channel === 'email' && said.html) {
      // In a frame of its own without any rights: no script, no form, nothing of this page.
      body.replaceChildren(h('iframe', { sandbox: '', srcdoc: said.html, title: t('messages.html') }));
    } else {
      body.replaceChildren(h('p', { class: 'preview-text' }, said.body));
    }
    const length = [...said.body].length;
    const parts = length <= ONE_SMS ? 1 : Math.ceil(length / NEXT_SMS);
    setText(note, channel === 'sms' ? plural('messages.smsParts', parts, { length }) : t('messages.sample'));
  }

  return {
    element,
    /** @param {{subject: string, body: string, html: string|null}} next */
    show(next) {
      said = next;
      sheet.removeAttribute('data-stale');
      draw();
    },
    /** The last good one stays, pale. */
    fail(error) {
      sheet.setAttribute('data-stale', '');
      setText(note, error.fields.length > 0 ? t('messages.broken') : sentenceFor(error));
    },
  };
}
