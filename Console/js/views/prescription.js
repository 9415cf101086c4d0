/** A prescription as it is printed: the page that Ward writes, copied word by word. The address holds an id alone. */
import { h, setText } from '../ui/dom.js';
import { button } from '../ui/buttons.js';
import { sentenceFor } from '../ui/errors.js';
import { t } from '../i18n.js';

/** What such a page is made of. Anything else, and every attribute but the class, is left out. */
const KEPT = new Set(['h1', 'p', 'b', 'table', 'tbody', 'tr', 'th', 'td']);
const LOWER = { h1: 'h2' };
/** The page's own look is for where there is no console; here no style stands in a page. */
const STYLE = /<style>[^<]*<\/style>/;

function copyOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  const name = node.nodeName.toLowerCase();
  if (!KEPT.has(name)) return null;
  return h(LOWER[name] ?? name, { class: node.className || null }, [...node.childNodes].map(copyOf));
}

/** @param {object} app @param {{id: string}} params @param {boolean} isOwn the patient looks himself */
function pageView(app, { id }, isOwn) {
  let gone = false;
  const heading = h('h1', { tabindex: '-1', class: 'page-title' }, t('prescription.one'));
  const print = button({ label: t('print.now'), icon: 'print', kind: 'primary', disabled: true, on: { click: () => window.print() } });
  const problem = h('p', { class: 'form-problem', role: 'alert', hidden: true });
  const paper = h('article', { class: 'paper prescription-paper', hidden: true });
  const back = history.length > 1
    && button({ label: t('common.back'), icon: 'back', kind: 'quiet', on: { click: () => history.back() } });
  const hint = h('p', { class: 'print-hint' }, t('prescription.printHint'));
  const element = h(
    'div',
    { class: 'print-page' },
    h('div', { class: 'print-tools' }, back, heading),
    h('div', { class: 'print-tools' }, print, hint),
    problem,
    paper,
  );

  async function load() {
    try {
      const html = await (isOwn ? app.api.ownPrescriptionPage(id) : app.api.prescriptionPage(id));
      if (gone) return;
      const page = new DOMParser().parseFromString(html.replace(STYLE, ''), 'text/html');
      paper.replaceChildren(...[...page.body.childNodes].map(copyOf).filter((node) => node !== null));
      paper.hidden = false;
      print.disabled = false;
    } catch (error) {
      if (gone) return;
      setText(problem, sentenceFor(error));
      problem.hidden = false;
    }
  }

  load();
  return { title: t('prescription.one'), element, heading, keys: {}, destroy() { gone = true; } };
}

export const prescriptionView = (app, params) => pageView(app, params, false);
export const ownPrescriptionView = (app, params) => pageView(app, params, true);
