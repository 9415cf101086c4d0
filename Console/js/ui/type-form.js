/** Editing one alert type of the hospital's catalogue. */
import { h } from './dom.js';
import { field } from './forms.js';
import { selectOf, urgencyOptions } from './choices.js';
import { quorumEditor } from './quorum-editor.js';
import { recordForm } from './record-form.js';
import { t } from '../i18n.js';
import { readSeconds, writeSeconds } from '../pure/steps.js';

const CLASSES = ['medical', 'security', 'fire', 'equipment', 'other'];
const USUAL = {
  title: '',
  class: 'medical',
  defaultUrgency: 3,
  requiresConfirmation: false,
  isActive: true,
  mergeWindowSeconds: 120,
  quorum: null,
  quorumRepageSeconds: 60,
};

/** A title is a good code once its words are joined. */
const codeOf = (title) =>
  title.trim().toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '').slice(0, 50);

/** @param {object} app @param {object|null} type */
export function typeForm(app, type, { close, again, done }) {
  const from = type ?? USUAL;
  const isNew = type === null;
  const text = (value, longest) => h('input', { type: 'text', maxlength: longest, autocomplete: 'off', value });
  const span = (seconds) => {
    const value = writeSeconds(seconds);
    return h('input', { type: 'text', autocomplete: 'off', class: 'step-input', value });
  };
  const check = (on, label) => {
    const box = h('input', { type: 'checkbox', checked: on });
    return { box, row: h('label', { class: 'check' }, box, h('span', {}, t(label))) };
  };
  const title = text(from.title, 100);
  const code = text(type?.code ?? '', 50);
  const kinds = CLASSES.map((value) => ({ value, text: t(`alertTypes.class.${value}`) }));
  const kind = selectOf(kinds, from.class);
  const urgency = selectOf(urgencyOptions(), from.defaultUrgency);
  const merge = span(from.mergeWindowSeconds);
  const repage = span(from.quorumRepageSeconds);
  const confirm = check(from.requiresConfirmation, 'alertTypes.confirm');
  const active = check(from.isActive, 'alertTypes.active');
  const quorum = quorumEditor(from.quorum);
  const codeRow = field({ label: t('alertTypes.code'), name: 'code', hint: t('alertTypes.codeHint'), control: code });
  const rows = [
    field({ label: t('alertTypes.name'), name: 'title', control: title }),
    ...(isNew ? [codeRow] : []),
    field({ label: t('alertTypes.class'), name: 'class', control: kind }),
    field({ label: t('alertTypes.urgency'), name: 'defaultUrgency', control: urgency }),
    field({
      label: t('alertTypes.merge'),
      name: 'mergeWindowSeconds',
      hint: t('alertTypes.mergeHint'),
      control: merge,
    }),
    quorum,
    field({
      label: t('alertTypes.repage'),
      name: 'quorumRepageSeconds',
      hint: t('alertTypes.repageHint'),
      control: repage,
    }),
  ];
  let ownCode = false;
  code.addEventListener('input', () => {
    ownCode = code.value !== '';
  });
  title.addEventListener('input', () => {
    if (!ownCode) code.value = codeOf(title.value);
  });

  function problems() {
    const errors = [];
    const bad = (path, message) => errors.push({ path, message });
    if (!title.value.trim()) bad('title', t('alertTypes.nameMissing'));
    if (!Number.isFinite(readSeconds(merge.value))) bad('mergeWindowSeconds', t('alertTypes.spanBad'));
    if (!Number.isFinite(readSeconds(repage.value))) bad('quorumRepageSeconds', t('alertTypes.spanBad'));
    if (quorum.isWrong()) bad('quorum', t('alertTypes.countBad'));
    return errors;
  }

  function body() {
    const asked = quorum.read();
    return {
      ...(isNew ? { code: code.value.trim() } : { version: type.version, isActive: active.box.checked }),
      title: title.value.trim(),
      class: kind.value,
      defaultUrgency: Number(urgency.value),
      requiresConfirmation: confirm.box.checked,
      mergeWindowSeconds: readSeconds(merge.value),
      quorum: asked,
      quorumRepageSeconds: readSeconds(repage.value),
    };
  }

  return recordForm(app, {
    title: isNew ? t('alertTypes.newTitle') : type.title,
    rows: [...rows, Object.assign(confirm.row, noErrors), ...(isNew ? [] : [Object.assign(active.row, noErrors)])],
    problems,
    save: (key) => (isNew ? app.api.createType(body(), key) : app.api.updateType(type.code, body(), key)),
    done: () => {
      app.lookups.load();
      done(t('alertTypes.saved', { title: title.value.trim() }));
    },
    reload: again,
    cancel: close,
  });
}

const noErrors = { setError: () => {}, focusControl: () => {} };
