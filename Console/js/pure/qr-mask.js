/** The eight masks of QR codes, and how hard a masked one would be to read (ISO/IEC 18004, 7.8). Pure. */

export const MASKS = [
  (x, y) => (x + y) % 2 === 0,
  (x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

const RUN = 3;
const BLOCK = 3;
const FINDER = 40;
const BALANCE = 10;

/** What looks like a finder, with the light that stands before or after one. */
const FINDER_LIKE = ['10111010000', '00001011101'];

function lineCost(line) {
  let cost = 0;
  for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) cost += RUN + run.length - 5;
  for (const pattern of FINDER_LIKE) {
    for (let at = line.indexOf(pattern); at >= 0; at = line.indexOf(pattern, at + 1)) cost += FINDER;
  }
  return cost;
}

/** @param {{size: number, isDark: (x: number, y: number) => boolean}} grid @returns {number} the less the better */
export function cost({ size, isDark }) {
  const places = Array.from({ length: size }, (_, place) => place);
  const bit = (x, y) => (isDark(x, y) ? '1' : '0');
  let sum = 0;
  let darkCount = 0;
  for (const one of places) {
    sum += lineCost(places.map((other) => bit(other, one)).join(''));
    sum += lineCost(places.map((other) => bit(one, other)).join(''));
    for (const other of places) if (isDark(one, other)) darkCount += 1;
  }
  for (let y = 1; y < size; y += 1) {
    for (let x = 1; x < size; x += 1) {
      const corner = isDark(x, y);
      if (isDark(x - 1, y) === corner && isDark(x, y - 1) === corner && isDark(x - 1, y - 1) === corner) sum += BLOCK;
    }
  }
  const percent = (darkCount * 100) / (size * size);
  return sum + BALANCE * Math.floor(Math.abs(percent - 50) / 5);
}
