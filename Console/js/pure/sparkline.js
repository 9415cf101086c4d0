/** A line through values over time, in a box of `width` × `height`. Pure. */

const round = (number) => Math.round(number * 10) / 10;

/**
 * @param {{at: number, value: number}[]} points in any order
 * @returns {{path: string, dots: {x: number, y: number}[]}|null} null without a value; one value is a dot
 */
export function sparkline(points, { width = 120, height = 32, margin = 4 } = {}) {
  if (points.length === 0) return null;
  const sorted = points.toSorted((one, other) => one.at - other.at);
  const values = sorted.map(({ value }) => value);
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  const first = sorted[0].at;
  const time = sorted.at(-1).at - first;
  const dots = sorted.map(({ at, value }) => ({
    x: round(time === 0 ? width / 2 : margin + ((at - first) / time) * (width - 2 * margin)),
    y: round(span === 0 ? height / 2 : height - margin - ((value - low) / span) * (height - 2 * margin)),
  }));
  return { dots, path: dots.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('') };
}
