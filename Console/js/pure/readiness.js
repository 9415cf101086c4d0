/** What a look at readiness has found missing, said once for each kind of people and place. Pure. */

/**
 * @param {{scheduleId, urgencyLevel, departmentId, tier, group, words}[]} unreachable as the server tells it
 * @returns {{group: string|null, departmentId: string|null, urgencies: number[], words: string}[]} whole groups first;
 *   a schedule on call has no group and its own words
 */
export function missingPeople(unreachable) {
  const found = new Map();
  for (const each of unreachable) {
    const key = each.scheduleId ?? `${each.group} ${each.departmentId ?? ''}`;
    const known = found.get(key)
      ?? { group: each.scheduleId ? null : each.group, departmentId: each.departmentId, urgencies: [], words: each.words };
    if (each.urgencyLevel !== null && !known.urgencies.includes(each.urgencyLevel)) known.urgencies.push(each.urgencyLevel);
    found.set(key, known);
  }
  const all = [...found.values()];
  for (const each of all) each.urgencies.sort((one, other) => other - one);
  const rank = (each) => (each.group === null ? 1 : each.departmentId === null ? 0 : 2);
  return all.toSorted((one, other) => rank(one) - rank(other));
}
