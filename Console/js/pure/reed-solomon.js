/** Check bytes over GF(2⁸) with x⁸ + x⁴ + x³ + x² + 1, as QR codes use them (ISO/IEC 18004, 7.5). Pure. */

const FIELD = 0x11d;

const powers = new Uint8Array(255);
const logarithms = new Uint8Array(256);
for (let exponent = 0, value = 1; exponent < 255; exponent += 1) {
  powers[exponent] = value;
  logarithms[value] = exponent;
  value <<= 1;
  if (value > 255) value ^= FIELD;
}

/** @param {number} a @param {number} b both 0–255 */
export function multiply(a, b) {
  return a === 0 || b === 0 ? 0 : powers[(logarithms[a] + logarithms[b]) % 255];
}

/** The product of (x − 2ⁱ) for i below `count`, without its leading 1, highest power first. */
function generator(count) {
  let factors = [1];
  for (let exponent = 0; exponent < count; exponent += 1) {
    const next = [...factors, 0];
    factors.forEach((factor, place) => {
      next[place + 1] ^= multiply(factor, powers[exponent]);
    });
    factors = next;
  }
  return factors.slice(1);
}

/** What is left when the bytes, moved up by `count`, are divided by the generator. @returns {number[]} `count` bytes */
export function checkBytes(bytes, count) {
  const divisor = generator(count);
  const rest = new Array(count).fill(0);
  for (const byte of bytes) {
    const factor = byte ^ rest.shift();
    rest.push(0);
    if (factor !== 0) divisor.forEach((each, place) => { rest[place] ^= multiply(each, factor); });
  }
  return rest;
}
