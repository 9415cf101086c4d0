import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { decimalOf, digitsOf, formatMoney, minorOf } from '../../Console/js/pure/money.js';
import {
  STATES, byAppointment, failureWord, hasReceipt, isCardNumber, isGoingBack, isMoving, isToken, isWebLink, mayCharge, mayRefund,
  mayTake,
} from '../../Console/js/pure/payments.js';
import { discountText, discountsOf, linesOf, percentOf, pointsOf, quoteLines } from '../../Console/js/pure/plans.js';

const told = (minor, currency) => formatMoney(minor, currency, 'en-GB').replaceAll('\u00a0', ' ');

test('201: an amount is told with as many digits as its currency has', () => {
  assert.equal(told(1250, 'EUR'), '€12.50');
  assert.equal(told(1250, 'JPY'), 'JP¥1,250');
  assert.equal(told(1250, 'KWD'), 'KWD 1.250');
  assert.equal(told(5, 'EUR'), '€0.05');
  assert.equal(told(0, 'EUR'), '€0.00');
  assert.equal(told(-4_499_991, 'INR'), '-₹44,999.91');
  assert.equal(told(1_000_000_000_000_001, 'EUR'), '€10,000,000,000,000.01');
});

test('201: what is no amount is a dash', () => {
  for (const [minor, currency] of [[null, 'EUR'], [undefined, 'EUR'], [1.5, 'EUR'], [NaN, 'EUR'], [1, null], [1, 'euro'], [1, '']]) {
    assert.equal(formatMoney(minor, currency, 'en-GB'), '–');
  }
});

test('201: the point stands where the server has it, for each currency that it knows', () => {
  const source = readFileSync(fileURLToPath(new URL('../../Sources/Core/Money/Currency.swift', import.meta.url)), 'utf8');
  const codesIn = (part) => new Set(part.match(/\b[A-Z]{3}\b/g));
  const all = codesIn(/codes = """([\s\S]*?)"""/.exec(source)[1]);
  const none = codesIn(/withoutMinor: Set = \[([\s\S]*?)\]/.exec(source)[1]);
  const thousandths = codesIn(/thousandths: Set = \[([\s\S]*?)\]/.exec(source)[1]);
  assert.ok(all.size > 140 && none.size > 10 && thousandths.size > 5);
  for (const code of all) {
    const digits = none.has(code) ? 0 : thousandths.has(code) ? 3 : code === 'UYW' ? 4 : 2;
    assert.equal(digitsOf(code), digits, code);
    assert.equal(minorOf(decimalOf(123_456, code), code), 123_456, code);
  }
});

test('201: what somebody types is an amount, or none; no digit is lost or made', () => {
  const cases = [
    ['12.5', 'EUR', 1250], ['12,50', 'EUR', 1250], [' 12 ', 'EUR', 1200], ['0', 'EUR', 0], ['0.07', 'EUR', 7], ['1.005', 'KWD', 1005],
    ['1250', 'JPY', 1250], ['12.5', 'JPY', null], ['12.505', 'EUR', null], ['', 'EUR', null], ['-1', 'EUR', null], ['1e3', 'EUR', null],
    ['1,234.50', 'EUR', null], ['.5', 'EUR', null], ['1000000000', 'EUR', 100_000_000_000], ['1000000000.01', 'EUR', null],
    ['0.29', 'EUR', 29], ['1.15', 'EUR', 115],
  ];
  for (const [text, currency, minor] of cases) assert.equal(minorOf(text, currency), minor, `${text} ${currency}`);
});

test('202: what may be done follows from the state, and nothing is done twice', () => {
  const of = (may) => STATES.filter((status) => may({ status })).join(' ');
  assert.equal(of(mayCharge), 'pending');
  assert.equal(of(mayTake), 'pending');
  assert.equal(of(mayRefund), 'completed');
  assert.equal(hasReceipt({ receiptNumber: '2026-000001', paidAt: '2026-11-22T10:00:00Z' }), true);
  assert.equal(hasReceipt({ receiptNumber: null, paidAt: '2026-11-22T10:00:00Z' }), false);
});

test('202, 207: a page asks again exactly while something becomes of the payment by itself', () => {
  const paid = { status: 'completed', receiptNumber: '2026-000001' };
  assert.equal(isMoving({ status: 'processing' }), true);
  assert.equal(isMoving({ status: 'completed', receiptNumber: null }), true);
  assert.equal(isMoving(paid, { status: 'scheduled' }), true);
  assert.equal(isMoving(paid, { status: 'confirmed' }), false);
  assert.equal(isMoving(paid), false);
  assert.equal(isMoving(paid, { status: 'cancelled' }), true);
  assert.equal(isGoingBack(paid, { status: 'expired' }), true);
  assert.equal(isMoving({ status: 'failed' }, { status: 'scheduled' }), true);
  for (const status of ['pending', 'failed', 'refunded']) assert.equal(isMoving({ status }, { status: 'cancelled' }), false);
});

test('202: a card’s number is no token, however it is written', () => {
  for (const text of ['4242424242424242', '4242 4242 4242 4242', '4242-4242-4242-4242', '378282246310005']) {
    assert.equal(isCardNumber(text), true);
    assert.equal(isToken(text), false);
  }
  for (const text of ['pm_card_visa', 'pm_1Abc-9', 'tok']) assert.equal(isToken(text), true);
  for (const text of ['', 'ab', 'pm card', 'pm_ü', 'x'.repeat(101)]) assert.equal(isToken(text), false);
});

test('202: why a payment failed has a word, also where it is new', () => {
  assert.deepEqual(
    ['card_declined', 'payment_method_refused', 'appointment_cancelled', 'something_new', null].map(failureWord),
    ['declined', 'token', 'appointment', 'declined', 'declined'],
  );
  assert.deepEqual([...byAppointment([{ id: 1, appointmentId: 'a' }, { id: 2, appointmentId: null }]).keys()], ['a']);
});

test('196: only an address of the web is followed', () => {
  for (const url of ['https://meet.example/x', 'http://localhost:1/x']) assert.equal(isWebLink(url), true);
  for (const url of ['javascript:alert(1)', 'data:text/html,x', '/x', '', null]) assert.equal(isWebLink(url), false);
});

test('209: percentages and steps of doctors are read as they are written', () => {
  for (const [text, points] of [['12.5', 1250], ['12,5', 1250], ['0', 0], ['100', 10_000], ['100.01', null], ['1.234', null], ['x', null]]) {
    assert.equal(pointsOf(text), points, text);
  }
  assert.equal(percentOf(1250), '12.5');
  const steps = [{ fromDoctors: 10, points: 1000 }, { fromDoctors: 20, points: 1250 }];
  assert.equal(discountText(steps), '10: 10\n20: 12.5');
  assert.deepEqual(discountsOf('10: 10 %\n\n 20 : 12,5'), steps);
  assert.deepEqual(discountsOf(''), []);
  for (const text of ['10', '10: x', '10: 5\n10: 6', '0: 5', '10: 101']) assert.equal(discountsOf(text), null, text);
  assert.deepEqual(linesOf(' a \n\n b'), ['a', 'b']);
});

test('213: the lines of a price add up to its total, and what is nought is left out', () => {
  const quote = {
    baseMinor: 10_000, volumeDiscountMinor: 1000, yearlyDiscountMinor: 0, creditMinor: 500, feeMinor: 170, taxMinor: 31,
    totalMinor: 8701,
  };
  const lines = quoteLines(quote);
  assert.deepEqual(lines.map(({ name }) => name), ['base', 'volume', 'credit', 'fee', 'tax', 'total']);
  assert.equal(lines.slice(0, -1).reduce((sum, { minor }) => sum + minor, 0), lines.at(-1).minor);
});
