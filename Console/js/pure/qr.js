/**
 * A text as a QR code (ISO/IEC 18004, model 2): bytes of UTF-8, error correction level M, the smallest of the versions
 * 1 to 20, so at most 666 bytes; a longer text throws a RangeError. Pure.
 */
import { dataPath, drawPatterns, emptyGrid, writeFormat } from './qr-layout.js';
import { cost, MASKS } from './qr-mask.js';
import { checkBytes } from './reed-solomon.js';

/** Level M, by version: the bytes of data, the check bytes of one block, the number of blocks. */
const VERSIONS = [
  [16, 10, 1], [28, 16, 1], [44, 26, 1], [64, 18, 2], [86, 24, 2], [108, 16, 4], [124, 18, 4], [154, 22, 4],
  [182, 22, 5], [216, 26, 5], [254, 30, 5], [290, 22, 8], [334, 22, 9], [365, 24, 9], [415, 24, 10], [453, 28, 10],
  [507, 28, 11], [563, 26, 13], [627, 26, 14], [669, 26, 16],
];
const BYTE_MODE = 0b0100;
const FILLERS = [0xec, 0x11];

const countBits = (version) => (version < 10 ? 8 : 16);

function versionFor(length) {
  const fits = ([room], place) => 4 + countBits(place + 1) + 8 * length <= 8 * room;
  const place = VERSIONS.findIndex(fits);
  if (place < 0) throw new RangeError(`${length} bytes are too long for a QR code`);
  return place + 1;
}

/** Mode, length, text, end, filled up to the room of the version. */
function dataBytes(bytes, version) {
  const [room] = VERSIONS[version - 1];
  const bits = [];
  const put = (value, count) => {
    for (let place = count - 1; place >= 0; place -= 1) bits.push((value >> place) & 1);
  };
  put(BYTE_MODE, 4);
  put(bytes.length, countBits(version));
  for (const byte of bytes) put(byte, 8);
  put(0, Math.min(4, 8 * room - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  for (let turn = 0; bits.length < 8 * room; turn += 1) put(FILLERS[turn % 2], 8);
  return Array.from({ length: room }, (_, place) =>
    bits.slice(8 * place, 8 * place + 8).reduce((value, bit) => 2 * value + bit, 0));
}

/** Blocks with their check bytes, woven: the first byte of each, then the second of each, and so on. */
function woven(data, version) {
  const [room, checks, count] = VERSIONS[version - 1];
  const short = Math.floor(room / count);
  const firstLong = count - (room % count);
  const blocks = [];
  for (let block = 0, at = 0; block < count; block += 1) {
    const length = short + (block < firstLong ? 0 : 1);
    blocks.push(data.slice(at, at + length));
    at += length;
  }
  const weave = (rows) => {
    const longest = Math.max(...rows.map((row) => row.length));
    return Array.from({ length: longest }, (_, place) =>
      rows.filter((row) => place < row.length).map((row) => row[place])).flat();
  };
  return [...weave(blocks), ...weave(blocks.map((block) => checkBytes(block, checks)))];
}

function drawn(bytes, version, mask) {
  const grid = emptyGrid(version);
  drawPatterns(grid, version);
  let at = 0;
  for (const [x, y] of dataPath(grid)) {
    const bit = (((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1) === 1;
    grid.set(x, y, bit !== MASKS[mask](x, y));
    at += 1;
  }
  writeFormat(grid, mask);
  return grid;
}

/**
 * @param {string} text
 * @param {{mask?: number}} [options] else the mask that is easiest to read
 * @returns {{size: number, version: number, mask: number, isDark: (x: number, y: number) => boolean}}
 */
export function qrCode(text, { mask } = {}) {
  const bytes = new TextEncoder().encode(text);
  const version = versionFor(bytes.length);
  const all = woven(dataBytes(bytes, version), version);
  const masks = mask === undefined ? MASKS.map((_, number) => number) : [mask];
  const grids = masks.map((number) => ({ number, grid: drawn(all, version, number) }));
  const costs = grids.map(({ grid }) => cost(grid));
  const best = grids[costs.indexOf(Math.min(...costs))];
  return { size: best.grid.size, version, mask: best.number, isDark: best.grid.isDark };
}

/** The dark modules as one SVG path, row by row, each run one stroke of a rectangle. */
export function qrPath({ size, isDark }) {
  const parts = [];
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (!isDark(x, y) || (x > 0 && isDark(x - 1, y))) continue;
      let end = x;
      while (end < size && isDark(end, y)) end += 1;
      parts.push(`M${x} ${y}h${end - x}v1h${x - end}z`);
    }
  }
  return parts.join('');
}
