/** Plays what `sound-policy.js` decides. One looped buffer on the audio thread; no timer has to fire for a repeat. */
import { createEmitter } from './emitter.js';
import { BURSTS } from '../pure/iec-burst.js';
import { renderBurst } from '../pure/waveform.js';

const VOLUME = 0.9;
/** What browsers take for a gesture; its end, since the strip that goes away then must not move what is being pressed. */
const GESTURES = ['pointerup', 'click', 'keydown'];

export function createSound() {
  const changed = createEmitter();
  const buffers = new Map();
  const Context = window.AudioContext ?? window.webkitAudioContext;
  let context = null;
  let source = null;
  let playing = null;

  function bufferFor(signal) {
    if (!buffers.has(signal)) {
      const samples = renderBurst(BURSTS[signal], context.sampleRate);
      const buffer = context.createBuffer(1, samples.length, context.sampleRate);
      buffer.copyToChannel(samples, 0);
      buffers.set(signal, buffer);
    }
    return buffers.get(signal);
  }

  function begin(signal, loop) {
    const node = context.createBufferSource();
    const gain = context.createGain();
    gain.gain.value = VOLUME;
    node.buffer = bufferFor(signal);
    node.loop = loop;
    node.connect(gain).connect(context.destination);
    node.onended = () => gain.disconnect();
    node.start();
    return node;
  }

  function silence() {
    source?.stop();
    source = null;
    playing = null;
  }

  function unlock() {
    if (context && context.state !== 'running') context.resume().catch(() => changed.emit());
  }

  return {
    on: changed.on,
    /** `none` if the browser has no sound at all, `blocked` until somebody touches the page, else `ready`. */
    get status() {
      if (!Context) return 'none';
      return context && context.state === 'running' ? 'ready' : 'blocked';
    },
    get playing() {
      return playing;
    },
    start() {
      if (!Context || context) return;
      context = new Context();
      context.onstatechange = () => changed.emit();
      for (const gesture of GESTURES) window.addEventListener(gesture, unlock, { capture: true, passive: true });
      unlock();
      changed.emit();
    },
    turnOn: unlock,
    /**
     * @param {'high'|'technical'|'medium'|'low'|null} signal
     * @param {boolean} restart start the burst anew although it is playing: there is news
     */
    play(signal, restart = false) {
      if (!context || (signal === playing && !restart)) return;
      silence();
      if (signal === null) return;
      source = begin(signal, true);
      playing = signal;
    },
    /** One burst to hear whether the loudspeaker works. */
    test() {
      if (!context) return;
      unlock();
      begin('medium', false);
    },
    stop: silence,
  };
}
