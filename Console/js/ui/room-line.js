/** Whether what a waiting room shows is live: the socket that tells of changes, and the answers behind it. */
import { createSocket } from '../net/socket.js';

/** A short cut is bridged silently. */
const GRACE_MILLISECONDS = 3_000;

/**
 * @param {object} options
 * @param {() => void} options.onNews something changed, or may have while the line was down
 * @param {() => void} options.onChange the answer to `lostSince` may be another one
 */
export function createRoomLine({ onNews, onChange }) {
  let isOpen = false;
  let isAnswered = false;
  /** Since when something is missing, by the monotonic clock. */
  let brokenAt = performance.now();

  function judge() {
    if (isOpen && isAnswered) brokenAt = null;
    else brokenAt ??= performance.now();
    onChange();
  }

  const socket = createSocket({
    subscription: ['subscribe:appointments'],
    onEvent: ({ name }) => name === 'queue:updated' && onNews(),
    onState: (state) => {
      isOpen = state === 'live';
      judge();
      if (isOpen) onNews();
    },
  });
  return {
    start: socket.start,
    stop: socket.stop,
    /** @param {boolean} value whether the last question was answered */
    answered(value) {
      isAnswered = value;
      judge();
    },
    get isLive() {
      return brokenAt === null;
    },
    /** @returns {number|null} since when what is shown is not live any more; null for a moment, and while it is */
    get lostSince() {
      return brokenAt !== null && performance.now() - brokenAt >= GRACE_MILLISECONDS ? brokenAt : null;
    },
  };
}
