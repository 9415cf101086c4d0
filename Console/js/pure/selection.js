/** Which alerts are chosen, as a value: `{ids, anchor}`. Ranges run from the anchor, as in every list. Pure. */

/** As many as one batch may hold. */
export const MOST_SELECTED = 50;

export const nothing = () => ({ ids: [], anchor: null });

const capped = (ids) => [...new Set(ids)].slice(0, MOST_SELECTED);

export const has = (selection, id) => selection.ids.includes(id);

/** Adds or takes away one. */
export function toggle(selection, id) {
  if (has(selection, id)) return { ids: selection.ids.filter((each) => each !== id), anchor: id };
  return { ids: capped([...selection.ids, id]), anchor: id };
}

/** Adds everything between the anchor and this one. @param {string[]} order as shown */
export function extendTo(selection, id, order) {
  const to = order.indexOf(id);
  const from = selection.anchor === null ? to : order.indexOf(selection.anchor);
  if (to < 0) return selection;
  const start = from < 0 ? to : from;
  const range = order.slice(Math.min(start, to), Math.max(start, to) + 1);
  return { ids: capped([...selection.ids, ...range]), anchor: order[start] };
}

export const all = (order) => ({ ids: capped(order), anchor: order[0] ?? null });

/** What is not shown any more cannot stay chosen: nobody acts on what he does not see. */
export function keepOnly(selection, order) {
  const shown = new Set(order);
  const ids = selection.ids.filter((id) => shown.has(id));
  if (ids.length === selection.ids.length) return selection;
  return { ids, anchor: shown.has(selection.anchor) ? selection.anchor : ids.at(-1) ?? null };
}

/** After a batch what failed stays chosen. @param {{alertId: string}[]} failed */
export const afterBatch = (selection, succeeded, failed) => {
  const done = new Set(succeeded);
  const ids = [...selection.ids.filter((id) => !done.has(id))];
  for (const { alertId } of failed) if (!ids.includes(alertId)) ids.push(alertId);
  return { ids, anchor: ids.at(-1) ?? null };
};
