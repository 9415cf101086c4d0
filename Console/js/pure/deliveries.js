/** The delivery log of an alert as people read it: by tier and person, each with what was tried on which channel. */

/** What is sent out of Ward comes first; a page that may not be open and a list that may not be looked at are no proof. */
const ORDER = ['push', 'sms', 'whatsapp', 'email', 'in_app', 'socket'];
const INSIDE = new Set(['in_app', 'socket']);
/** From the best that can be said of a person to the worst. */
const STATES = ['read', 'delivered', 'sent', 'queued', 'failed', 'skipped'];

const rank = (list, value) => {
  const index = list.indexOf(value);
  return index < 0 ? list.length : index;
};

/** What can be said of a person: the best that happened outside of Ward, or that he has read it. */
function stateOf(rows) {
  if (rows.some((row) => row.status === 'read')) return 'read';
  const outside = rows.filter((row) => !INSIDE.has(row.channel));
  return STATES.find((state) => outside.some((row) => row.status === state)) ?? 'inside';
}

/**
 * @param {object[]} rows of `notification.getDeliveries`
 * @returns {{tier: number|null, people: {id: string|null, name: string|null, state: string, rows: object[]}[]}[]}
 */
export function byTier(rows) {
  const tiers = new Map();
  for (const row of rows) {
    const people = tiers.get(row.tier ?? null) ?? new Map();
    tiers.set(row.tier ?? null, people);
    const key = row.userId ?? '';
    if (!people.has(key)) people.set(key, { id: row.userId ?? null, name: row.userName ?? null, rows: [] });
    people.get(key).rows.push(row);
  }
  const place = (row) => rank(ORDER, row.channel);
  return [...tiers]
    .sort(([a], [b]) => (a ?? 0) - (b ?? 0))
    .map(([tier, people]) => ({
      tier,
      people: [...people.values()].map((person) => ({
        ...person,
        state: stateOf(person.rows),
        rows: person.rows.sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || place(a) - place(b)),
      })),
    }));
}

/** How many people were told on which way it may be told. */
export function counted(tiers) {
  const counts = { people: 0, reached: 0, waiting: 0, unreached: 0 };
  for (const { state } of tiers.flatMap((tier) => tier.people)) {
    counts.people += 1;
    if (state === 'read' || state === 'delivered' || state === 'sent') counts.reached += 1;
    else if (state === 'queued') counts.waiting += 1;
    else if (state === 'failed') counts.unreached += 1;
  }
  return counts;
}

/** A provider's receipt that has not come after this long hardly comes at all. */
const RECEIPT_MILLISECONDS = 5 * 60_000;
const WITH_RECEIPT = new Set(['push', 'sms', 'whatsapp']);

/** Whether more is to be heard of these messages soon: they wait, or a provider may tell that they arrived. */
export const isUnsettled = (rows, now) => rows.some((row) => row.status === 'queued'
  || (row.status === 'sent' && WITH_RECEIPT.has(row.channel) && now - Date.parse(row.createdAt) < RECEIPT_MILLISECONDS));

/** `< 0.1`, `0.4`, `12`: the seconds of a message, as exact as they matter; null when it is not known. */
export function shortSeconds(seconds) {
  if (!Number.isFinite(seconds)) return null;
  const value = Math.max(0, seconds);
  if (value < 0.1) return '< 0.1';
  return value < 9.95 ? value.toFixed(1) : String(Math.round(value));
}
