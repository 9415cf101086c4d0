/** Who is here, where, and what they may do. Knows nothing of pages. */
import { createEmitter } from './emitter.js';
import { readPref, writePref } from './prefs.js';

const REFRESH_MILLISECONDS = 5 * 60_000;
const SCREEN_REFRESH_MILLISECONDS = 60_000;

/** @param {{clock: object, screenMode: boolean}} options */
export function createSession({ clock, screenMode }) {
  const changed = createEmitter();
  let api = null;
  let current = null;
  let timer = 0;
  let rotation = null;
  let token = screenMode ? readPref('screenToken') : null;
  let hospitalId = screenMode ? null : readPref('hospital', { lasting: false });

  function set(value) {
    current = value;
    changed.emit(current);
  }

  function plan() {
    clearTimeout(timer);
    if (!current) return;
    timer = setTimeout(refresh, screenMode ? SCREEN_REFRESH_MILLISECONDS : REFRESH_MILLISECONDS);
  }

  /** Looks again who is here; a role that was taken away must not keep its buttons. */
  async function refresh() {
    try {
      await rotation?.catch(() => null); // its caller says what went wrong
      await load();
    } catch (error) {
      if (!error.isTemporary && error.status !== 429) set(null);
    } finally {
      plan();
    }
  }

  /** A hospital chosen earlier in this tab may no longer be one of this person's: then the usual one is taken. */
  async function askWhoIsHere() {
    try {
      return await api.session();
    } catch (error) {
      if (hospitalId === null || (error.status !== 403 && error.status !== 404)) throw error;
      chooseHospital(null);
      return api.session();
    }
  }

  /** Another hospital of the same person, in this tab. */
  function chooseHospital(id) {
    hospitalId = id;
    writePref('hospital', id, { lasting: false });
  }

  async function load() {
    const { data, sentAt, receivedAt } = await askWhoIsHere();
    clock.addStamp(data.serverTime, sentAt, receivedAt);
    set({ ...data, permissions: data.permissions ?? [], memberships: data.memberships ?? [] });
    plan();
  }

  return {
    on: changed.on,
    get current() {
      return current;
    },
    get isScreen() {
      return screenMode;
    },
    token: () => token,
    hospitalId: () => hospitalId,
    useApi(value) {
      api = value;
    },
    load,
    refresh,
    can: (permission) => current !== null && current.permissions.includes(permission),
    setToken(value) {
      token = value;
      writePref('screenToken', value);
    },
    setDuty(isOnDuty) {
      if (current) set({ ...current, isOnDuty });
    },
    chooseHospital,
    /**
     * Does what gives the session another token. The server tells that the old one is over before the browser has the
     * new one; whoever would ask with the old one in that moment waits.
     */
    async rotate(work) {
      rotation = work();
      try {
        return await rotation;
      } finally {
        rotation = null;
      }
    },
    /** Called when the server says that the session is over. */
    ended() {
      if (rotation) return;
      clearTimeout(timer);
      if (current) set(null);
    },
    async signOut() {
      await api.signOut();
      chooseHospital(null);
      this.ended();
    },
  };
}
