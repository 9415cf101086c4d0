/** E-mail addresses as people paste them: by comma, semicolon, space or line, with names before angle brackets. Pure. */

const IN_BRACKETS = /<\s*([^<>]+?)\s*>/;

/**
 * Nothing that was typed is left out, so that the server names what is no address.
 * @param {string} text @returns {string[]} each once, in small letters, in the order in which they stand
 */
export function addressesIn(text) {
  const words = text.split(/[\n,;]+/).flatMap((part) => IN_BRACKETS.exec(part)?.[1] ?? part.trim().split(/\s+/));
  return [...new Set(words.filter(Boolean).map((word) => word.toLowerCase()))];
}
