/** Turns a burst into samples. Pure arithmetic, so the sound can be measured in a test without a loudspeaker. */
import { HARMONICS, RAMP_PER_RISE, burstPeriod, pulseTimes } from './iec-burst.js';

/** Amplitude of a pulse (0–1) at a moment: straight ramps, 90 % exactly at its start and end. */
export function envelope(pulse, burst, milliseconds) {
  const rise = burst.riseMilliseconds * RAMP_PER_RISE;
  const fall = burst.fallMilliseconds * RAMP_PER_RISE;
  const up = (milliseconds - (pulse.start - 0.9 * rise)) / rise;
  const down = (pulse.end + 0.9 * fall - milliseconds) / fall;
  return Math.max(0, Math.min(1, up, down));
}

const TOTAL = HARMONICS.reduce((sum, part) => sum + part, 0);

/** The harmonic tone at a moment, between −1 and 1. Components past 4 kHz or half the rate are left out. */
function tone(pitch, seconds, highest) {
  let sum = 0;
  for (let n = 0; n < HARMONICS.length; n += 1) {
    const frequency = pitch * (n + 1);
    if (frequency > highest) break;
    sum += HARMONICS[n] * Math.sin(2 * Math.PI * frequency * seconds);
  }
  return sum / TOTAL;
}

/**
 * One burst and the silence after it, made to be looped by the audio thread: no timer of a throttled tab is needed.
 * @param {import('./iec-burst.js').Burst} burst @param {number} sampleRate @returns {Float32Array}
 */
export function renderBurst(burst, sampleRate) {
  const length = Math.round((burstPeriod(burst) / 1000) * sampleRate);
  const samples = new Float32Array(length);
  const highest = Math.min(4000, sampleRate / 2.2);
  const rise = burst.riseMilliseconds * RAMP_PER_RISE;
  const fall = burst.fallMilliseconds * RAMP_PER_RISE;
  pulseTimes(burst).forEach((pulse, index) => {
    const from = Math.max(0, Math.floor(((pulse.start - rise) / 1000) * sampleRate));
    const to = Math.min(length, Math.ceil(((pulse.end + fall) / 1000) * sampleRate));
    for (let i = from; i < to; i += 1) {
      const strength = envelope(pulse, burst, (i / sampleRate) * 1000);
      if (strength > 0) samples[i] += strength * tone(burst.pitches[index], i / sampleRate, highest);
    }
  });
  return samples;
}
