/** What notifications say, for the page on which their link stands already. Pure. */

/** @param {string} text @returns {string} without the address at its end */
export const withoutLink = (text) => text.replace(/\s*https?:\/\/\S+\s*$/, '');

/**
 * The channels in somebody's order, those that he does not want behind them.
 * @param {string[]} all @param {string[]} chosen
 * @returns {{channel: string, on: boolean}[]}
 */
export const inOrder = (all, chosen) => [
  ...chosen.filter((channel) => all.includes(channel)).map((channel) => ({ channel, on: true })),
  ...all.filter((channel) => !chosen.includes(channel)).map((channel) => ({ channel, on: false })),
];

/** @template T @param {T[]} list @param {number} from @param {number} to @returns {T[]} one of them moved */
export function moved(list, from, to) {
  if (to < 0 || to >= list.length || from < 0 || from >= list.length) return list;
  const next = [...list];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}
