/** A small line of one sign over time. It repeats what the table says, and is not read aloud. */
import { sparkline } from '../pure/sparkline.js';

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 120;
const HEIGHT = 32;

function part(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** @param {string[]} signs @param {object[]} readings @returns {SVGElement|null} */
export function vitalsChart(signs, readings) {
  const svg = part('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'sparkline', 'aria-hidden': 'true' });
  for (const sign of signs) {
    const taken = readings.filter((each) => each[sign] !== null);
    const line = sparkline(taken.map((each) => ({ at: Date.parse(each.recordedAt), value: each[sign] })), {
      width: WIDTH,
      height: HEIGHT,
    });
    if (!line || taken.length < 2) return null;
    const last = line.dots.at(-1);
    svg.append(part('path', { d: line.path, class: 'spark-line' }), part('circle', {
      cx: last.x, cy: last.y, r: 3, class: 'spark-dot',
    }));
  }
  return svg;
}
