/** What a plan's form asks, as people write it and as Ward keeps it: percentages in hundredths, steps of doctors. Pure. */

/** 1250 is 12.5. */
export const percentOf = (points) => String(points / 100);

/** @returns {number|null} hundredths of a per cent, 0 to 10,000; null where it is none */
export function pointsOf(text) {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(text.trim());
  if (!match) return null;
  const points = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return points <= 10_000 ? points : null;
}

/** @param {{fromDoctors: number, points: number}[]} steps @returns {string} a line for each: `10: 12.5` */
export const discountText = (steps) =>
  steps.map(({ fromDoctors, points }) => `${fromDoctors}: ${percentOf(points)}`).join('\n');

/** @returns {{fromDoctors: number, points: number}[]|null} null where a line is none, or a number stands twice */
export function discountsOf(text) {
  const steps = [];
  for (const line of linesOf(text)) {
    const match = /^(\d{1,5})\s*:\s*([\d.,]+)\s*%?$/.exec(line);
    const points = match ? pointsOf(match[2]) : null;
    const fromDoctors = Number(match?.[1]);
    if (points === null || fromDoctors < 1 || steps.some((step) => step.fromDoctors === fromDoctors)) return null;
    steps.push({ fromDoctors, points });
  }
  return steps;
}

/** What stands on lines of their own, without the empty ones. */
export const linesOf = (text) => text.split('\n').map((line) => line.trim()).filter(Boolean);

/** The lines of a price in the order in which it is reckoned; what is nought is left out, but the total. */
export function quoteLines(quote) {
  const line = (name, minor) => ({ name, minor });
  return [
    line('base', quote.baseMinor),
    line('volume', -quote.volumeDiscountMinor),
    line('yearly', -quote.yearlyDiscountMinor),
    line('credit', -quote.creditMinor),
    line('fee', quote.feeMinor),
    line('tax', quote.taxMinor),
  ].filter(({ name, minor }) => minor !== 0 || name === 'base').concat(line('total', quote.totalMinor));
}
