/** Figures of the reports: totals, shares, and lengths of bars. Nothing is shown that was not counted. Pure. */

const number = (value) => (Number.isFinite(value) ? value : null);

/** `7 %`, `0.4`, or a dash for what cannot be known. */
export const share = (value) => (number(value) === null ? '–' : `${Math.round(value * 100)} %`);
export const rate = (value) => (number(value) === null ? '–' : value.toFixed(value < 10 ? 2 : 1));
export const hours = (value) => (number(value) === null ? '–' : value.toFixed(1));

/** How long a bar is, in per cent of the longest. */
export const barLength = (value, most) =>
  number(value) === null || !(most > 0) ? 0 : Math.min(100, (value / most) * 100);

export const mostOf = (rows, key) => rows.reduce((most, row) => Math.max(most, number(row[key]) ?? 0), 0);

/** One row for the whole: sums, and rates over the sums (never a mean of rates; medians have no sum). */
export function totalOf(rows) {
  const sum = (key) => rows.reduce((total, row) => total + (number(row[key]) ?? 0), 0);
  const interruptions = sum('interruptions');
  const staffHours = sum('staffHours');
  const alerts = sum('alerts');
  const actedOn = sum('actedOn');
  return {
    interruptions,
    staffHours,
    alerts,
    actedOn,
    repeatsMerged: sum('repeatsMerged'),
    interruptionsPerStaffHour: staffHours > 0 ? interruptions / staffHours : null,
    shareActedOn: alerts > 0 ? actedOn / alerts : null,
  };
}

const SHIFTS = ['day', 'evening', 'night'];

/** By department, the busiest first, and the day's order of shifts within it. */
export function byDepartment(rows) {
  const names = new Map();
  for (const row of rows) {
    const key = row.departmentId ?? '';
    if (!names.has(key)) names.set(key, { departmentId: row.departmentId ?? null, name: row.departmentName, rows: [] });
    names.get(key).rows.push(row);
  }
  const groups = [...names.values()];
  for (const group of groups) group.rows.sort((a, b) => SHIFTS.indexOf(a.shift) - SHIFTS.indexOf(b.shift));
  return groups.sort((a, b) => totalOf(b.rows).interruptions - totalOf(a.rows).interruptions);
}

const DAYS = { '24h': 1, '7d': 7, '30d': 30, '90d': 90 };
export const RANGES = Object.keys(DAYS);

/** The span of a named range that ends now. */
export const spanOf = (range, now) => ({ from: now - (DAYS[range] ?? 7) * 86_400_000, to: now });
