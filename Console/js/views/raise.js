/** Raising an alert. The key of the form stays the same however often it has to be sent. */
import { h, setText } from '../ui/dom.js';
import { button } from '../ui/buttons.js';
import { field, showFieldErrors } from '../ui/forms.js';
import { confirmRaise } from '../ui/confirm-raise.js';
import { typeChoice, urgencyChoice } from '../ui/raise-choices.js';
import { templateChoice } from '../ui/template-choice.js';
import { sentenceFor } from '../ui/errors.js';
import { newKey } from '../net/keys.js';
import { t } from '../i18n.js';

const LONGEST_DESCRIPTION = 500;
const KEY_USED_FOR_ANOTHER_BODY = 422;

/** `icu-12` is written as on the door; a name such as `Theatre 3` stays as it was typed. */
function roomWritten(text) {
  const room = text.trim().replace(/\s+/g, ' ');
  return /^[A-Za-z0-9-]{1,10}$/.test(room) ? room.toUpperCase() : room;
}

/** @param {object} app */
export function raiseView(app) {
  let key = newKey();
  const roomInput = h(
    'input',
    {
      type: 'text',
      maxlength: 50,
      autocomplete: 'off',
      autocapitalize: 'characters',
      spellcheck: 'false',
      class: 'room-input',
      enterkeyhint: 'next',
    },
  );
  const description = h('textarea', { rows: 3, maxlength: LONGEST_DESCRIPTION });
  const department = h('select');
  const room = field({ label: t('raise.room'), name: 'roomNumber', hint: t('raise.roomHint'), control: roomInput });
  let types = typeChoice([]);
  let templates = [];
  let picker = h('div', { hidden: true });
  const urgency = urgencyChoice();
  const where = field({ label: t('raise.department'), name: 'departmentId', optional: true, control: department });
  const what = field({
    label: t('raise.description'),
    name: 'description',
    hint: t('raise.descriptionHint'),
    optional: true,
    control: description,
  });
  const problem = h('div', { class: 'form-problem', role: 'alert', hidden: true });
  const send = button({
    label: t('raise.submit'),
    icon: 'bell',
    kind: 'primary',
    type: 'submit',
    class: 'button-large',
  });
  const heading = h('h1', { tabindex: '-1', class: 'page-title' }, t('raise.title'));
  const form = h(
    'form',
    { class: 'raise-form', novalidate: true, on: { submit } },
    picker,
    room,
    types,
    urgency,
    where,
    what,
    problem,
    h('div', { class: 'form-end' }, send),
  );
  const element = h('div', { class: 'page page-narrow' }, heading, form);

  function fillLookups() {
    const chosen = types.read();
    const next = typeChoice(app.lookups.types);
    next.write(chosen);
    next.addEventListener('change', prefill);
    next.hidden = types.hidden;
    types.replaceWith(next);
    types = next;
    const value = department.value || app.session.current?.departmentId || '';
    const options = app.lookups.departments.map(({ id, name }) => h('option', { value: id }, name));
    department.replaceChildren(h('option', { value: '' }, t('card.wholeHospital')), ...options);
    department.value = value;
    if (department.selectedIndex < 0) department.value = '';
  }

  const typeNow = () => app.lookups.types.find((type) => type.code === types.read());

  const templateNow = () => templates.find((template) => template.id === picker.read?.()) ?? null;

  /** What a template says need not be asked. */
  function useTemplate() {
    const template = templateNow();
    for (const row of [types, urgency, where]) row.hidden = template !== null;
    if (!template) return;
    types.write(template.alertType);
    urgency.write(template.urgencyLevel);
    department.value = template.departmentId ?? '';
    description.value = template.defaultDescription ?? '';
  }

  async function loadTemplates() {
    try {
      templates = (await app.api.templates()) ?? [];
    } catch (error) {
      console.warn(error); // without templates everything can still be raised by hand
    }
    if (templates.length === 0) return;
    const next = templateChoice(templates, null);
    next.addEventListener('change', useTemplate);
    picker.replaceWith(next);
    picker = next;
  }

  function prefill() {
    const type = typeNow();
    if (type) urgency.write(type.defaultUrgency);
  }

  function read() {
    const input = { roomNumber: roomWritten(roomInput.value) };
    if (types.read()) input.alertType = types.read();
    if (urgency.read()) input.urgencyLevel = Number(urgency.read());
    if (department.value) input.departmentId = department.value;
    if (description.value.trim()) input.description = description.value.trim();
    return input;
  }

  const rows = () => [room, types, urgency, where, what];

  function say(text) {
    setText(problem, text);
    problem.hidden = !text;
  }

  /** What is plainly missing is said at once; every other rule is the server's. */
  function missing(input) {
    const errors = [];
    if (!input.roomNumber) errors.push({ path: 'roomNumber', message: t('raise.roomMissing') });
    if (!input.alertType) errors.push({ path: 'alertType', message: t('raise.typeMissing') });
    if (!input.urgencyLevel) errors.push({ path: 'urgencyLevel', message: t('raise.urgencyMissing') });
    showFieldErrors(rows(), errors);
    return errors.length > 0;
  }

  function raise(input) {
    const template = templateNow();
    if (!template) return app.api.raise(input, key);
    const { roomNumber, description: text } = input;
    return app.api.raiseFrom({ templateId: template.id, roomNumber, ...(text ? { description: text } : {}) }, key);
  }

  async function submit(event) {
    event.preventDefault();
    const input = read();
    if (send.getAttribute('aria-busy') === 'true' || missing(input)) return;
    say('');
    if (typeNow()?.requiresConfirmation && !(await confirmRaise(app, input))) return;
    send.setAttribute('aria-busy', 'true');
    try {
      const alert = await raise(input);
      key = newKey();
      app.board.take(alert);
      app.toasts.good(t('raise.done', { room: alert.roomNumber }));
      app.router.go('/');
    } catch (error) {
      failed(error);
    } finally {
      send.removeAttribute('aria-busy');
    }
  }

  function failed(error) {
    const left = showFieldErrors(rows(), error.fields);
    if (error.status === KEY_USED_FOR_ANOTHER_BODY) {
      // The first try did arrive, and the form was changed since. Sending again is then a new alert.
      key = newKey();
      say(t('raise.alreadyRaised'));
      app.board.reload();
    } else if (left.length > 0) say(left.join(' '));
    else if (error.fields.length === 0) say(sentenceFor(error));
    if (error.status === 401) key = newKey();
  }

  const stop = app.lookups.on(fillLookups);
  fillLookups();
  loadTemplates();
  if (app.lookups.types.length === 0) app.lookups.load();
  return { title: t('raise.title'), element, heading, focusFirst: () => roomInput.focus(), keys: {}, destroy: stop };
}
