/** Builds elements. Text becomes text nodes, never markup, so nothing from the server can be run. */

/**
 * @param {string} tag
 * @param {Record<string, any>} [props] `class`, `dataset`, `on` (listeners), `value`/`checked`/… as properties,
 *   everything else as an attribute; `null`, `undefined` and `false` leave an attribute out
 * @param {...(Node|string|null|undefined|false|Array)} children
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(element, name, value);
  append(element, children);
  return element;
}

const PROPERTIES = new Set(['value', 'checked', 'disabled', 'hidden', 'open', 'tabIndex', 'textContent', 'htmlFor']);

function setProp(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === 'class') element.className = value;
  else if (name === 'dataset') Object.assign(element.dataset, value);
  else if (name === 'on') listen(element, value);
  else if (PROPERTIES.has(name)) element[name] = value;
  else element.setAttribute(name, value === true ? '' : String(value));
}

function listen(element, listeners) {
  for (const [type, listener] of Object.entries(listeners)) element.addEventListener(type, listener);
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child);
  }
}

/** Sets text only when it differs: no needless work for the screen or for a screen reader. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function setAttribute(element, name, value) {
  if (value === null || value === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
}

let counter = 0;
/** An id that is free on this page, for labels and descriptions. */
export const freshId = (prefix) => `${prefix}-${(counter += 1)}`;

/** A hidden-to-the-eye text that a screen reader says. */
export const spoken = (text) => h('span', { class: 'spoken' }, text);

/** A link inside the console, followed without loading the page anew. */
export const link = (href, props, ...children) => h('a', { href, 'data-inside': true, ...props }, ...children);
