/** Choosing a colleague who is on duty. */
import { h } from './dom.js';
import { field } from './forms.js';
import { sentenceFor } from './errors.js';
import { t, word } from '../i18n.js';

/** @param {object} app @param {{name: string, label: string}} options @returns {HTMLElement} a field, with `read()` */
export function colleagueField(app, { name, label }) {
  const select = h('select', { disabled: true }, h('option', { value: '' }, t('colleague.loading')));
  const row = field({ label, name, hint: t('colleague.hint'), control: select });
  const me = app.session.current?.user?.id;

  function optionOf(person) {
    const where = app.lookups.departmentName(person.departmentId);
    const facts = [word('role', person.role), where].filter(Boolean).join(', ');
    return h('option', { value: person.userId ?? person.id }, `${person.name} (${facts})`);
  }

  async function load() {
    try {
      const people = ((await app.api.dutyStaff()) ?? []).filter((person) => (person.userId ?? person.id) !== me);
      const first = h('option', { value: '' }, t(people.length > 0 ? 'colleague.choose' : 'colleague.none'));
      select.replaceChildren(first, ...people.map(optionOf));
      select.disabled = false;
    } catch (error) {
      row.setError(sentenceFor(error));
    }
  }

  load();
  row.read = () => select.value || null;
  return row;
}
