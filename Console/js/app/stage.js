/** Where a screen on a wall shows one view at a time, and from where it comes again by itself. */
import { t } from '../i18n.js';

/** @param {string} page what the style sheets call it @param {() => void} enter called again after a while */
export function createStage(page, enter) {
  const host = document.getElementById('app');
  let view = null;
  let timer = 0;
  const stage = {
    /** Which view is shown; emptied, the same one is made anew. */
    shown: '',
    swap(name, make) {
      if (stage.shown === name) return;
      view?.destroy();
      stage.shown = name;
      view = make();
      host.replaceChildren(view.element);
      document.title = `${view.title} – ${t('app.name')}`;
      document.documentElement.dataset.page = page;
    },
    cancel: () => clearTimeout(timer),
    again(milliseconds) {
      clearTimeout(timer);
      timer = setTimeout(enter, milliseconds);
    },
  };
  return stage;
}
