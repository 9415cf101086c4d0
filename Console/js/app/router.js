/** Pages by path, with the browser's own history. The server answers every such path with `index.html`. */
import { matchRoute } from '../pure/routes.js';

/** @param {(route: {name: string, params: object}) => void} show */
export function createRouter(show) {
  const current = () => matchRoute(location.pathname);

  /** @param {{replace?: boolean, silent?: boolean}} [how] `silent` changes the address and shows nothing */
  function go(path, { replace = false, silent = false } = {}) {
    if (path !== location.pathname) history[replace ? 'replaceState' : 'pushState'](null, '', path);
    if (!silent) show(current());
  }

  function followed(event) {
    const anchor = event.target.closest?.('a[data-inside]');
    const modified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0;
    if (!anchor || modified || event.defaultPrevented) return;
    event.preventDefault();
    go(new URL(anchor.href).pathname);
  }

  document.addEventListener('click', followed);
  window.addEventListener('popstate', () => show(current()));
  return { go, current };
}
