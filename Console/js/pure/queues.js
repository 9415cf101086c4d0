/** The numbers of queues as people read them. Pure. */

const sum = (queues, key) => queues.reduce((total, queue) => total + (Number(queue[key]) || 0), 0);

/** The largest that is known; null when none is. */
function most(queues, key) {
  const values = queues.map((queue) => queue[key]).filter(Number.isFinite);
  return values.length > 0 ? Math.max(...values) : null;
}

/** @param {object[]} queues rows of `queues.list` */
export const totals = (queues) => ({
  waiting: sum(queues, 'waiting'),
  running: sum(queues, 'running'),
  delayed: sum(queues, 'delayed'),
  dead: sum(queues, 'dead'),
  workers: sum(queues, 'workers'),
  doneLastHour: sum(queues, 'doneLastHour'),
  oldestSeconds: most(queues.filter((queue) => queue.waiting > 0), 'oldestSeconds'),
});

/**
 * The queues with newer numbers; the news name only what moves fast.
 * @param {object[]} queues @param {object[]} news rows with `queue` and some of the numbers
 */
export function renewed(queues, news) {
  const fresh = new Map(news.map((row) => [row.queue, row]));
  return queues.map((queue) => (fresh.has(queue.queue) ? { ...queue, ...fresh.get(queue.queue) } : queue));
}

/** Whether there is or was anything in it within the hour. */
export const isStirring = (queue) =>
  ['waiting', 'running', 'delayed', 'dead', 'doneLastHour', 'failedLastHour'].some((key) => queue[key] > 0);

/** Where to look first: the queue with most that gave up; null when nothing did. */
export function firstWorry(queues) {
  const worst = queues.reduce((one, other) => ((other.dead ?? 0) > (one?.dead ?? 0) ? other : one), null);
  return worst?.queue ?? null;
}

/** `0.8 s`, `12 s`, then minutes and seconds. Milliseconds below a second. @param {number|null} seconds */
export function spanText(seconds) {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 1) return `${Math.round(Math.max(0, seconds) * 1000)} ms`;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 120 ? `${minutes} min` : minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`;
}

/** What may be done with a job in a state. */
export const movesOf = (state) => ({
  waiting: ['cancel'], delayed: ['retry', 'cancel'], dead: ['retry', 'cancel'],
}[state] ?? []);
