/** The text of a kept letter in pieces, with the links that lead to pages of this console. Pure. */

const MAILED = /https?:\/\/[^\s/]+(\/(?:verify|join|reset-password|forgot-password)(?:#token=[\w-]+)?)(?=\s|$)/g;

/** @param {string} text @returns {{text: string, path?: string}[]} `path`: where the link leads on this site */
export function letterParts(text) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(MAILED)) {
    parts.push({ text: text.slice(at, match.index) }, { text: match[0], path: match[1] });
    at = match.index + match[0].length;
  }
  parts.push({ text: text.slice(at) });
  return parts.filter((part) => part.text);
}
