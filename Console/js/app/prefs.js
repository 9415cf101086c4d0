/** Small choices that this browser remembers. Works without storage too (a locked-down kiosk), for the visit only. */
const memory = new Map();

const storeFor = (lasting) => {
  try {
    return lasting ? window.localStorage : window.sessionStorage;
  } catch {
    return null; // storage is forbidden here: the memory above is all there is
  }
};

/** @param {string} key @param {{lasting?: boolean}} options `lasting: false` keeps it for this tab only */
export function readPref(key, { lasting = true } = {}) {
  const name = `ward.${key}`;
  try {
    return storeFor(lasting)?.getItem(name) ?? memory.get(name) ?? null;
  } catch {
    return memory.get(name) ?? null;
  }
}

export function writePref(key, value, { lasting = true } = {}) {
  const name = `ward.${key}`;
  if (value === null) memory.delete(name);
  else memory.set(name, value);
  try {
    if (value === null) storeFor(lasting)?.removeItem(name);
    else storeFor(lasting)?.setItem(name, value);
  } catch {
    // Full or forbidden: the memory holds it for this visit.
  }
}
