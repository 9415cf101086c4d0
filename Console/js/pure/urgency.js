/** Urgency levels and what they mean for eye and ear. 5 is the most urgent. */

export const LEVELS = [5, 4, 3, 2, 1];

const PRIORITY = { 5: 'critical', 4: 'high', 3: 'medium', 2: 'low', 1: 'low' };
const ALARM_CLASS = { 5: 'high', 4: 'high', 3: 'medium', 2: 'low', 1: 'low' };
const MARK = { high: '!!!', medium: '!!', low: '!' };

/** An unreadable urgency counts as the most urgent: an error may wake somebody, never hide something. */
export function levelOf(alert) {
  const level = Number(alert && alert.urgencyLevel);
  return Number.isInteger(level) && level >= 1 && level <= 5 ? level : 5;
}

/** @returns {'critical'|'high'|'medium'|'low'} the name of a level */
export const priorityName = (level) => PRIORITY[level] ?? 'critical';

/** @returns {'high'|'medium'|'low'} the alarm priority of IEC 60601-1-8 that a level is shown and sounded as */
export const alarmClass = (level) => ALARM_CLASS[level] ?? 'high';

/** The priority mark of IEC 60601-1-8: as many exclamation marks as the priority has weight. */
export const alarmMark = (level) => MARK[alarmClass(level)];

/** Most urgent first, then newest first, then by id so that the order never depends on arrival. */
export function compareAlerts(a, b) {
  const byLevel = levelOf(b) - levelOf(a);
  if (byLevel !== 0) return byLevel;
  const byTime = (Date.parse(b.createdAt) || 0) - (Date.parse(a.createdAt) || 0);
  if (byTime !== 0) return byTime;
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}
