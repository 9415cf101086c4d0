/**
 * Alarm bursts after IEC 60601-1-8 (tables 3 and 4), as tables of numbers. Times in milliseconds, pitch in hertz.
 *
 * A pulse's duration counts where its envelope is at 90 % or more; the spacing is what lies between two of those.
 * Limits of the standard, which the tests hold us to:
 * - high: 10 pulses of 75–200 ms in two groups of 3 + 2, x 50–125 ms, 2x + duration between the three and the two,
 *   350–1300 ms in the middle, bursts 2.5–15 s apart;
 * - medium: 3 pulses, low: 1–2 pulses, of 125–250 ms, y 125–250 ms, bursts 2.5–30 s and more than 15 s apart;
 * - rise 10–40 % of the duration; fundamental 150–1000 Hz with at least four harmonic components between 300 and
 *   4000 Hz, within 15 dB of it.
 */

/**
 * @typedef {object} Burst
 * @property {number} pulseMilliseconds effective duration of each pulse
 * @property {number[]} spacings one fewer than pulses
 * @property {number[]} pitches fundamental of each pulse, in hertz
 * @property {number} riseMilliseconds from 10 % to 90 % of the amplitude
 * @property {number} fallMilliseconds from 90 % to 10 %
 * @property {number} pauseMilliseconds from the end of one burst to the start of the next
 */

const repeat = (value, count) => new Array(count).fill(value);

function highBurst() {
  const x = 100;
  const pulseMilliseconds = 150;
  const group = 2 * x + pulseMilliseconds;
  return {
    pulseMilliseconds,
    spacings: [x, x, group, x, 700, x, x, group, x],
    pitches: repeat(523.25, 10),
    riseMilliseconds: 30,
    fallMilliseconds: 40,
    pauseMilliseconds: 4_000,
  };
}

const slow = (pitches, pauseMilliseconds) => ({
  pulseMilliseconds: 200,
  spacings: repeat(200, pitches.length - 1),
  pitches,
  riseMilliseconds: 40,
  fallMilliseconds: 80,
  pauseMilliseconds,
});

/**
 * `technical` tells that Ward itself cannot be heard: a medium-priority burst that falls in pitch.
 * @type {Record<'high'|'medium'|'low'|'technical', Burst>}
 */
export const BURSTS = {
  high: highBurst(),
  medium: slow([440, 440, 440], 8_000),
  low: slow([392, 330], 20_000),
  technical: slow([466.16, 369.99, 293.66], 8_000),
};

/** Relative amplitude of each harmonic: the fundamental and six more, the weakest 12 dB below. */
export const HARMONICS = [1, 0.8, 0.63, 0.5, 0.4, 0.32, 0.25];

/** When each pulse is at full strength, from the start of the burst. @returns {{start: number, end: number}[]} */
export function pulseTimes(burst) {
  const times = [];
  let start = burst.riseMilliseconds * RAMP_PER_RISE * 0.9;
  for (let i = 0; i < burst.pitches.length; i += 1) {
    times.push({ start, end: start + burst.pulseMilliseconds });
    start += burst.pulseMilliseconds + (burst.spacings[i] ?? 0);
  }
  return times;
}

/** A straight ramp from 0 to 1 is between 10 % and 90 % for four fifths of its length. */
export const RAMP_PER_RISE = 1 / 0.8;

/** From the first sound of a burst to the first sound of the next, in milliseconds. */
export function burstPeriod(burst) {
  const times = pulseTimes(burst);
  return times[times.length - 1].end - times[0].start + burst.pauseMilliseconds;
}
