/**
 * The server's time, told without the client's clock: a ward computer may be set wrong by hours.
 *
 * Each exchange with the server bounds the offset between its clock and our monotonic one: the stamp was made
 * after we sent and before we received. Bounds of several exchanges are intersected, so the estimate only gets
 * better; they are widened by the worst drift of a quartz as they age. Bounds that contradict
 * each other mean that a clock jumped (sleep, correction): the newest wins and `onJump` is told.
 */

const DRIFT = 200e-6;
/** A stamp in a body is exact to the millisecond; the `Date` header is cut to the second and counts for less. */
const EXACT_RANK = 2;
const HEADER_RANK = 1;

/** @param {{monotonic: () => number, onJump?: (milliseconds: number) => void}} options */
export function createServerClock({ monotonic, onJump = () => {} }) {
  /** @type {{low: number, high: number, at: number, rank: number}|null} */
  let bounds = null;

  const aged = (now) => {
    const slack = Math.max(0, now - bounds.at) * DRIFT;
    return { low: bounds.low - slack, high: bounds.high + slack };
  };

  function add(low, high, at, rank) {
    if (!Number.isFinite(low) || !Number.isFinite(high)) return;
    if (bounds === null) {
      bounds = { low, high, at, rank };
      return;
    }
    const old = aged(at);
    const both = { low: Math.max(low, old.low), high: Math.min(high, old.high) };
    if (both.low <= both.high) {
      bounds = { ...both, at, rank: Math.max(rank, bounds.rank) };
      return;
    }
    if (rank < bounds.rank) return;
    const jump = (low + high) / 2 - (old.low + old.high) / 2;
    bounds = { low, high, at, rank };
    onJump(jump);
  }

  return {
    /** A stamp inside an answer. @param {string} stamp RFC 3339 @param {number} sentAt @param {number} receivedAt */
    addStamp(stamp, sentAt, receivedAt) {
      const at = Date.parse(stamp);
      add(at - receivedAt, at + 1 - sentAt, receivedAt, EXACT_RANK);
    },
    /** The `Date` header of an answer, which is cut to whole seconds. */
    addHeader(header, sentAt, receivedAt) {
      if (!header) return;
      const at = Date.parse(header);
      add(at - receivedAt, at + 1000 - sentAt, receivedAt, HEADER_RANK);
    },
    /** Something that has already happened on the server: its time can only push the estimate forward. */
    addPast(stamp, receivedAt) {
      const at = Date.parse(stamp);
      if (bounds === null || !Number.isFinite(at)) return;
      const old = aged(receivedAt);
      const low = at - receivedAt;
      if (low > old.low && low <= old.high) bounds = { ...bounds, low, high: old.high, at: receivedAt };
    },
    get known() {
      return bounds !== null;
    },
    /** Half the width of what the offset may be, in milliseconds. */
    get uncertainty() {
      if (bounds === null) return Infinity;
      const now = aged(monotonic());
      return (now.high - now.low) / 2;
    },
    /** The server's time at an instant of the monotonic clock, in milliseconds since 1970; NaN while unknown. */
    at(instant) {
      return bounds === null ? NaN : instant + (bounds.low + bounds.high) / 2;
    },
    now() {
      return this.at(monotonic());
    },
  };
}
