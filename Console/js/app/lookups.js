/** Titles of alert types and names of departments, asked once per visit. Without them codes are shown. */
import { word } from '../i18n.js';
import { createEmitter } from './emitter.js';

export function createLookups(api) {
  const changed = createEmitter();
  let types = [];
  let departments = [];
  let answered;
  const ready = new Promise((resolve) => (answered = resolve));

  async function part(ask, keep) {
    try {
      const list = await ask();
      if (Array.isArray(list)) keep(list);
    } catch (error) {
      // The board works without the names; the form asks again and shows what is wrong.
      console.warn(error);
    }
  }

  return {
    on: changed.on,
    /** When both questions were answered for the first time, or failed. */
    ready,
    get types() {
      return types;
    },
    get departments() {
      return departments;
    },
    typeTitle: (code) => types.find((type) => type.code === code)?.title ?? word('type', code),
    /** @returns {string} empty while the name is not known */
    departmentName: (id) => departments.find((department) => department.id === id)?.name ?? '',
    async load() {
      const before = JSON.stringify([types, departments]);
      await Promise.all([
        part(api.alertTypes, (list) => (types = list)),
        part(api.departments, (list) => (departments = list)),
      ]);
      answered();
      if (JSON.stringify([types, departments]) !== before) changed.emit();
    },
  };
}
