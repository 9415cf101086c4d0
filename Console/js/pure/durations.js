/** Durations as people read them on a board. All inputs in milliseconds. */

const pad = (n) => String(n).padStart(2, '0');

/** `0:07`, `12:40`, `1:05:09`, then `2 d 3 h`: never negative, exact as long as seconds matter. */
export function formatDuration(milliseconds) {
  if (!Number.isFinite(milliseconds)) return '–:––';
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  const days = Math.floor(total / 86_400);
  const hours = Math.floor((total % 86_400) / 3_600);
  const minutes = Math.floor((total % 3_600) / 60);
  const seconds = total % 60;
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours}:${pad(minutes)}:${pad(seconds)}`;
  return `${minutes}:${pad(seconds)}`;
}

/** What is left until a moment; rounded up, so that `0:00` means that it is due. */
export const formatCountdown = (milliseconds) => formatDuration(Math.ceil(milliseconds / 1000) * 1000);

/** An ISO 8601 duration for the `datetime` attribute of a `time` element. */
export function isoDuration(milliseconds) {
  const total = Number.isFinite(milliseconds) ? Math.max(0, Math.floor(milliseconds / 1000)) : 0;
  return `PT${Math.floor(total / 3600)}H${Math.floor((total % 3600) / 60)}M${total % 60}S`;
}
