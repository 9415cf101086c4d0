// The numbers below are those of IEC 60601-1-8, tables 3 and 4; the samples are measured, not the tables alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BURSTS, burstPeriod, pulseTimes } from '../../Console/js/pure/iec-burst.js';
import { envelope, renderBurst } from '../../Console/js/pure/waveform.js';

const RATE = 48_000;
const between = (value, low, high, what) => assert.ok(
  value >= low && value <= high,
  `${what}: ${value} not in ${low}–${high}`,
);

/** Strength of one frequency in a stretch of samples (a single bin of a Fourier transform, Hann window). */
function strength(samples, from, to, frequency) {
  let re = 0;
  let im = 0;
  for (let i = from; i < to; i += 1) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * (i - from)) / (to - from));
    re += samples[i] * window * Math.cos((2 * Math.PI * frequency * i) / RATE);
    im += samples[i] * window * Math.sin((2 * Math.PI * frequency * i) / RATE);
  }
  return Math.hypot(re, im);
}

/** Start and end of each pulse in the samples, where the peak within ±4 ms is at 90 % or more, in milliseconds. */
function measuredPulses(samples) {
  const step = Math.round(RATE * 0.002);
  const peaks = [];
  for (let i = 0; i < samples.length; i += step) {
    const around = samples.subarray(Math.max(0, i - 2 * step), i + 2 * step);
    peaks.push(around.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0));
  }
  const top = Math.max(...peaks);
  const pulses = [];
  peaks.forEach((peak, index) => {
    const on = peak >= 0.9 * top;
    const wasOn = index > 0 && peaks[index - 1] >= 0.9 * top;
    const at = (index * step * 1000) / RATE;
    if (on && !wasOn) pulses.push({ start: at, end: at });
    if (on) pulses[pulses.length - 1].end = at;
  });
  return pulses;
}

test('high has ten pulses in two groups of three and two', () => {
  const { spacings, pulseMilliseconds: duration, pitches } = BURSTS.high;
  const x = spacings[0];
  assert.equal(pitches.length, 10);
  assert.equal(spacings.length, 9);
  between(x, 50, 125, 'x');
  between(duration, 75, 200, 'duration');
  for (const index of [0, 1, 3, 5, 6, 8]) between(spacings[index], x * 0.95, x * 1.05, `spacing ${index}`);
  for (const index of [2, 7]) assert.equal(spacings[index], 2 * x + duration);
  between(spacings[4], 350, 1300, 'between the two groups');
});

test('medium has three pulses, low one or two, spaced by y', () => {
  assert.equal(BURSTS.medium.pitches.length, 3);
  assert.equal(BURSTS.technical.pitches.length, 3);
  between(BURSTS.low.pitches.length, 1, 2, 'low');
  for (const name of ['medium', 'low', 'technical']) {
    between(BURSTS[name].pulseMilliseconds, 125, 250, `${name} duration`);
    for (const y of BURSTS[name].spacings) between(y, 125, 250, `${name} y`);
  }
});

test('medium is not faster than high', () => {
  const pace = (burst) => burst.pulseMilliseconds + burst.spacings[0];
  assert.ok(pace(BURSTS.medium) >= pace(BURSTS.high));
});

test('bursts repeat at the intervals of their priority', () => {
  between(BURSTS.high.pauseMilliseconds, 2_500, 15_000, 'high');
  between(BURSTS.medium.pauseMilliseconds, 2_500, 30_000, 'medium');
  between(BURSTS.technical.pauseMilliseconds, 2_500, 30_000, 'technical');
  assert.ok(BURSTS.low.pauseMilliseconds > 15_000);
});

for (const [name, burst] of Object.entries(BURSTS)) {
  test(`${name}: rise and fall are within the limits`, () => {
    const { riseMilliseconds: rise, fallMilliseconds: fall, pulseMilliseconds: duration } = burst;
    between(rise, duration * 0.1, duration * 0.4, 'rise');
    assert.ok(fall <= Math.min(...burst.spacings) - rise, 'fall fits before the next rise');
    const [pulse] = pulseTimes(burst);
    between(envelope(pulse, burst, pulse.start), 0.899, 0.901, 'at the start');
    between(envelope(pulse, burst, pulse.end), 0.899, 0.901, 'at the end');
    between(envelope(pulse, burst, pulse.start - rise), 0.099, 0.101, 'one rise before');
    between(envelope(pulse, burst, pulse.end + fall), 0.099, 0.101, 'one fall after');
  });

  test(`${name}: the samples have the pulses where the table says`, () => {
    const samples = renderBurst(burst, RATE);
    const expected = pulseTimes(burst);
    const found = measuredPulses(samples);
    assert.equal(found.length, expected.length);
    found.forEach((pulse, index) => {
      between(pulse.start - expected[index].start, -10, 10, `start ${index}`);
      between(pulse.end - expected[index].end, -10, 10, `end ${index}`);
    });
    between((samples.length / RATE) * 1000, burstPeriod(burst) - 1, burstPeriod(burst) + 1, 'period');
    assert.ok(samples.every((sample) => Math.abs(sample) <= 1), 'nothing is clipped');
  });

  test(`${name}: the tone has a fundamental of 150–1000 Hz and four harmonics within 15 dB`, () => {
    const samples = renderBurst(burst, RATE);
    pulseTimes(burst).forEach((pulse, index) => {
      const pitch = burst.pitches[index];
      between(pitch, 150, 1000, 'fundamental');
      const from = Math.round((pulse.start / 1000) * RATE);
      const to = Math.round((pulse.end / 1000) * RATE);
      const reference = strength(samples, from, to, pitch);
      const audible = [1, 2, 3, 4, 5, 6, 7]
        .map((n) => n * pitch)
        .filter((frequency) => frequency >= 300 && frequency <= 4000)
        .filter((frequency) => Math.abs(20 * Math.log10(strength(samples, from, to, frequency) / reference)) <= 15);
      assert.ok(audible.length >= 4, `${audible.length} components at ${pitch} Hz`);
    });
  });

  test(`${name}: pulses of a burst are equally strong within 10 dB`, () => {
    const samples = renderBurst(burst, RATE);
    const peaks = pulseTimes(burst).map(({ start, end }) => {
      const part = samples.subarray((start / 1000) * RATE, (end / 1000) * RATE);
      return part.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
    });
    assert.ok(20 * Math.log10(Math.max(...peaks) / Math.min(...peaks)) <= 10);
  });
}
