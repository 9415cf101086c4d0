/** Where things stand in a QR code: finders, timing, alignment, format, version, and the way of the data. Pure. */

export const sizeOf = (version) => 4 * version + 17;

/** The middles of the alignment patterns on one axis: evenly spread from 6 to the far edge, by even steps. */
export function alignmentPlaces(version) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const last = sizeOf(version) - 7;
  const even = 2 * Math.ceil((last - 6) / (2 * (count - 1)));
  const step = version === 32 ? 26 : even;
  return [6, ...Array.from({ length: count - 1 }, (_, place) => last - (count - 2 - place) * step)];
}

/** A grid of modules that remembers which of them the data may not touch. */
export function emptyGrid(version) {
  const size = sizeOf(version);
  const dark = new Uint8Array(size * size);
  const fixed = new Uint8Array(size * size);
  return {
    size,
    dark,
    isFixed: (x, y) => fixed[y * size + x] === 1,
    isDark: (x, y) => dark[y * size + x] === 1,
    set(x, y, value) {
      dark[y * size + x] = value ? 1 : 0;
    },
    fix(x, y, value) {
      if (x < 0 || y < 0 || x >= size || y >= size) return;
      fixed[y * size + x] = 1;
      dark[y * size + x] = value ? 1 : 0;
    },
  };
}

/** Square rings around a middle; `isDark` says it by the distance. */
function rings(grid, middleX, middleY, radius, isDark) {
  for (let dy = -radius; dy <= radius; dy += 1) {
    for (let dx = -radius; dx <= radius; dx += 1) {
      grid.fix(middleX + dx, middleY + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))));
    }
  }
}

/** Everything that does not depend on the data. Format and version bits are kept free here and written later. */
export function drawPatterns(grid, version) {
  const far = grid.size - 1;
  for (let place = 0; place < grid.size; place += 1) {
    grid.fix(6, place, place % 2 === 0);
    grid.fix(place, 6, place % 2 === 0);
  }
  for (const [x, y] of [[3, 3], [far - 3, 3], [3, far - 3]]) rings(grid, x, y, 4, (ring) => ring !== 2 && ring !== 4);
  const places = alignmentPlaces(version);
  for (const x of places) {
    for (const y of places) {
      const isAtFinder = (x === 6 && (y === 6 || y === far - 6)) || (x === far - 6 && y === 6);
      if (!isAtFinder) rings(grid, x, y, 2, (ring) => ring !== 1);
    }
  }
  writeFormat(grid, 0);
  if (version >= 7) writeVersion(grid, version);
}

/** The remainder of `value`, moved up by `bits`, when divided by `divisor` over GF(2). */
function remainder(value, bits, divisor) {
  let rest = value << bits;
  const top = 31 - Math.clz32(divisor);
  while (rest !== 0 && 31 - Math.clz32(rest) >= top) rest ^= divisor << (31 - Math.clz32(rest) - top);
  return rest;
}

/** Level M is 00. @param {number} mask 0–7 */
export function writeFormat(grid, mask) {
  const far = grid.size - 1;
  const bits = ((mask << 10) | remainder(mask, 10, 0x537)) ^ 0x5412;
  const bit = (place) => ((bits >> place) & 1) === 1;
  for (let place = 0; place < 15; place += 1) {
    // Around the first finder, past the timing lines.
    if (place < 8) grid.fix(8, place < 6 ? place : place + 1, bit(place));
    else grid.fix(place === 8 ? 7 : 14 - place, 8, bit(place));
    // Once more at the two others.
    if (place < 8) grid.fix(far - place, 8, bit(place));
    else grid.fix(8, far - 14 + place, bit(place));
  }
  grid.fix(8, far - 7, true);
}

function writeVersion(grid, version) {
  const bits = (version << 12) | remainder(version, 12, 0x1f25);
  for (let place = 0; place < 18; place += 1) {
    const near = Math.floor(place / 3);
    const across = grid.size - 11 + (place % 3);
    const value = ((bits >> place) & 1) === 1;
    grid.fix(near, across, value);
    grid.fix(across, near, value);
  }
}

/** The free modules in the order of the data: pairs of columns from the right, up and down by turns. */
export function* dataPath(grid) {
  let isUpward = true;
  for (let right = grid.size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5; // the column of the timing line is left out
    for (let step = 0; step < grid.size; step += 1) {
      const y = isUpward ? grid.size - 1 - step : step;
      for (const x of [right, right - 1]) if (!grid.isFixed(x, y)) yield [x, y];
    }
    isUpward = !isUpward;
  }
}
