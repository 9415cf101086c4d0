/** Finding one patient for a form: words are typed, a name is chosen; nothing of it is part of an address. */
import { h, setText } from './dom.js';
import { button } from './buttons.js';
import { field } from './forms.js';
import { sentenceFor } from './errors.js';
import { debounce } from '../app/debounce.js';
import { calendarDay, plural, t } from '../i18n.js';

const SHORTEST = 2;
const MOST = 8;

/** @param {object} app @returns {HTMLElement} a field, with `read()`: the chosen patient or null */
export function patientFinder(app) {
  let chosen = null;
  let turn = 0;
  const text = h('input', {
    type: 'search', maxlength: 200, autocomplete: 'off', spellcheck: 'false',
    on: { input: debounce(search), keydown: enter },
  });
  const row = field({ label: t('finder.label'), name: 'patientId', hint: t('finder.hint'), control: text });
  const said = h('p', { class: 'field-hint', role: 'status' });
  const results = h('ul', { class: 'finder-results', 'aria-label': t('finder.results'), hidden: true });
  const picked = h('div', { class: 'finder-picked', hidden: true });
  row.append(said, results, picked);

  const facts = ({ mrn, dateOfBirth }) =>
    (dateOfBirth ? t('finder.facts', { mrn, birth: calendarDay(dateOfBirth) }) : mrn);

  const resultOf = (patient) => h('li', {}, h(
    'button',
    { type: 'button', class: 'finder-result', on: { click: () => choose(patient) } },
    h('strong', {}, patient.name),
    h('span', { class: 'row-note' }, facts(patient)),
  ));

  function choose(patient) {
    chosen = patient;
    row.setError(null);
    const other = button({ label: t('finder.other'), on: { click: again } });
    picked.replaceChildren(
      h('p', {}, h('strong', {}, patient.name), h('span', { class: 'row-note' }, facts(patient))),
      other,
    );
    show();
    other.focus();
  }

  function again() {
    chosen = null;
    show();
    text.focus();
  }

  function show() {
    picked.hidden = chosen === null;
    text.hidden = chosen !== null;
    if (chosen === null) return;
    results.hidden = true;
    results.replaceChildren();
    setText(said, '');
    text.value = '';
  }

  /** Enter takes the only one that is found, and never sends the form. */
  function enter(event) {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (results.children.length === 1) results.querySelector('button').click();
  }

  async function search() {
    const mine = (turn += 1);
    const asked = text.value.trim();
    if (asked.length < SHORTEST) {
      results.hidden = true;
      results.replaceChildren();
      return setText(said, '');
    }
    try {
      const { data } = await app.api.searchPatients({ text: asked, limit: MOST });
      if (mine !== turn || chosen) return;
      const open = data.filter((patient) => !patient.isRestricted);
      results.replaceChildren(...open.map(resultOf));
      results.hidden = open.length === 0;
      setText(said, open.length > 0 ? plural('finder.found', open.length) : t('finder.none'));
    } catch (error) {
      row.setError(sentenceFor(error));
    }
  }

  row.read = () => chosen;
  row.focusControl = () => (chosen ? picked.querySelector('button') : text).focus();
  return row;
}
