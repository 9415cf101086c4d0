/**
 * What should be heard now. Only alerts that nobody has answered sound; the most urgent class wins.
 *
 * A person may pause the sound for two minutes. The pause covers what was known when it began and lesser news;
 * an alert of urgency 5 that is new, or that climbed a tier since, is heard through it.
 */
import { alarmClass, levelOf } from './urgency.js';

export const PAUSE_MILLISECONDS = 120_000;
const RANK = { high: 4, technical: 3, medium: 2, low: 1 };

/** @typedef {{until: number, known: Map<string, number>}} Pause `known`: alert id → tier when the pause began */

/** @returns {Pause} */
export function startPause(alerts, now) {
  return { until: now + PAUSE_MILLISECONDS, known: new Map(alerts.map((a) => [a.id, a.escalationTier ?? 0])) };
}

export const isPaused = (pause, now) => pause !== null && now < pause.until;

function breaksThrough(alert, pause) {
  if (levelOf(alert) !== 5) return false;
  const tier = pause.known.get(alert.id);
  return tier === undefined || (alert.escalationTier ?? 0) > tier;
}

/**
 * @param {{alerts: object[], pause: Pause|null, lost: boolean, now: number}} input
 * @returns {'high'|'technical'|'medium'|'low'|null}
 */
export function signalFor({ alerts, pause, lost, now }) {
  const paused = isPaused(pause, now);
  let signal = lost && !paused ? 'technical' : null;
  for (const alert of alerts) {
    if (alert.status !== 'active') continue;
    if (paused && !breaksThrough(alert, pause)) continue;
    const candidate = alarmClass(levelOf(alert));
    if (signal === null || RANK[candidate] > RANK[signal]) signal = candidate;
  }
  return signal;
}

/** Whether an alert may be heard under a department filter: the two highest urgencies ignore every filter. */
export const soundsDespiteFilter = (alert) => levelOf(alert) >= 4;
