/** The order of ladders in a list: by urgency, and under it from the most particular rule to the default. Pure. */

/** How particular a ladder is: type and department, then type, then department, then the hospital, then the default. */
export function weightOf(ladder) {
  if (ladder.isDefault) return 0;
  return 1 + (ladder.departmentId ? 1 : 0) + (ladder.alertType ? 2 : 0);
}

/** @returns {{urgencyLevel: number, ladders: object[]}[]} the most urgent first */
export function groupedLadders(ladders) {
  const levels = [...new Set(ladders.map((ladder) => ladder.urgencyLevel))].sort((a, b) => b - a);
  return levels.map((urgencyLevel) => ({
    urgencyLevel,
    ladders: ladders
      .filter((ladder) => ladder.urgencyLevel === urgencyLevel)
      .sort((a, b) => weightOf(b) - weightOf(a) || String(a.id).localeCompare(String(b.id))),
  }));
}
