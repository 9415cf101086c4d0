/** What everybody at the bed must know, as words in frames; colour only repeats them. */
import { h } from './dom.js';
import { t } from '../i18n.js';

export const FLAGS = ['dnr', 'fallRisk', 'allergyAlert'];

/** @param {{dnr, fallRisk, allergyAlert}|null} flags null where the record is kept closed */
export const flagMarks = (flags) => FLAGS.filter((name) => flags?.[name]).map((name) => h(
  'span',
  { class: 'flag', dataset: { flag: name } },
  t(`flag.${name}`),
));

/** @param {object} app @param {{departmentId, roomNumber, bedNumber}} patient */
export function placeOf(app, { departmentId, roomNumber, bedNumber }) {
  const room = roomNumber ? t('alert.title', { room: roomNumber }) : '';
  const bed = bedNumber ? t('patients.bed', { bed: bedNumber }) : '';
  return [app.lookups.departmentName(departmentId), room, bed].filter(Boolean).join(' · ') || '–';
}
