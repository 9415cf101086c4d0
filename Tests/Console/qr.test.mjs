import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { qrCode, qrPath } from '../../Console/js/pure/qr.js';
import { alignmentPlaces } from '../../Console/js/pure/qr-layout.js';
import { checkBytes, multiply } from '../../Console/js/pure/reed-solomon.js';

const rowsOf = ({ size, isDark }) => Array.from({ length: size }, (_, y) =>
  Array.from({ length: size }, (_, x) => (isDark(x, y) ? '1' : '0')).join(''));

// As the Python package `qrcode` draws it.
const WARD = [
  '111111101001101111111', '100000101010001000001', '101110100010001011101', '101110101000001011101',
  '101110100101001011101', '100000100111101000001', '111111101010101111111', '000000001101100000000',
  '101101110001101001011', '001111001011111000100', '010101111011000000110', '100001001111001110101',
  '111100100110100100010', '000000001001001000011', '111111101001100100000', '100000101000000111110',
  '101110100110111110111', '101110101011001010010', '101110101010101100000', '100000100100010000001',
  '111111101010010110100',
];

test('54: a text is drawn as another encoder draws it, letters beyond ASCII as UTF-8', () => {
  assert.deepEqual(rowsOf(qrCode('Wärd', { mask: 3 })), WARD);
});

test('54: every kind of version and every mask is drawn as another encoder draws it', () => {
  // Full and nearly empty versions, with and without version bits, with one and several lengths of blocks.
  const known = [
    [14, 0, 21, 'ee40295b4a425087e2f01b9f953c82e1'], [15, 1, 25, '19e18977d193d707456658da9570c655'],
    [62, 2, 33, '25cb23a5e9e560abbda4fbc047ef3176'], [122, 4, 45, '393c2c6f079bdc70e9171492f4903fac'],
    [123, 5, 49, 'e8119c00bcc9cd2dcbc178be13cccd45'], [213, 6, 57, '737113d5b1cccf47847be21007eaff04'],
    [331, 7, 69, '38daf519d0ef5d1f7680bdb47f95cf5a'], [666, 2, 97, 'ca2d85762cf48665111e964d11f22053'],
  ];
  for (const [length, mask, size, hash] of known) {
    const code = qrCode('w'.repeat(length), { mask });
    assert.equal(code.size, size);
    assert.equal(createHash('sha256').update(rowsOf(code).join('')).digest('hex').slice(0, 32), hash, `${length}`);
  }
});

test('54: the mask is chosen by itself, and what is too long is refused', () => {
  const code = qrCode('otpauth://totp/Ward:nurse@demo.ward?secret=ABCDEFGHIJKLMNOP&issuer=Ward');
  assert.ok(code.mask >= 0 && code.mask < 8);
  assert.deepEqual(rowsOf(code), rowsOf(qrCode(
    'otpauth://totp/Ward:nurse@demo.ward?secret=ABCDEFGHIJKLMNOP&issuer=Ward', { mask: code.mask })));
  assert.throws(() => qrCode('w'.repeat(667)), RangeError);
  assert.equal(qrCode('').size, 21);
});

test('54: check bytes make the whole divisible by the generator', () => {
  const data = Array.from({ length: 40 }, (_, place) => (place * 37 + 11) % 256);
  const whole = [...data, ...checkBytes(data, 18)];
  for (let root = 1, count = 0; count < 18; count += 1, root = multiply(root, 2)) {
    assert.equal(whole.reduce((sum, byte) => multiply(sum, root) ^ byte, 0), 0);
  }
});

test('54: alignment patterns stand where the standard has them', () => {
  assert.deepEqual(alignmentPlaces(1), []);
  assert.deepEqual(alignmentPlaces(2), [6, 18]);
  assert.deepEqual(alignmentPlaces(7), [6, 22, 38]);
  assert.deepEqual(alignmentPlaces(15), [6, 26, 48, 70]);
  assert.deepEqual(alignmentPlaces(20), [6, 34, 62, 90]);
});

test('54: the path covers each dark module once and no light one', () => {
  const code = qrCode('path');
  let area = 0;
  for (const [, x, y, width] of qrPath(code).matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let step = 0; step < Number(width); step += 1) assert.ok(code.isDark(Number(x) + step, Number(y)));
    area += Number(width);
  }
  assert.equal(area, rowsOf(code).join('').replaceAll('0', '').length);
});
