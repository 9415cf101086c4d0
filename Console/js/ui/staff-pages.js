/** The pages of staff: who is here, who is reachable, who works when. */
import { openPages, sectionPage } from './section-page.js';
import { t } from '../i18n.js';

export const STAFF_PAGES = [
  { name: 'staff', path: '/staff', permission: 'view_shift_status' },
  { name: 'directory', path: '/directory', permission: ['view_users', 'view_shift_status'] },
  { name: 'onCall', path: '/on-call', permission: 'view_schedule' },
  { name: 'shifts', path: '/shifts', permission: 'view_schedule' },
  { name: 'handovers', path: '/handovers', permission: 'start_shift' },
  { name: 'readiness', path: '/readiness', permission: 'view_schedule' },
];

/** @param {object} session */
export const staffPagesFor = (session) => openPages(STAFF_PAGES, session);

/** @param {object} app @param {string} name @param {...Node} content */
export const staffPage = (app, name, ...content) => sectionPage(app, STAFF_PAGES, t('nav.staff'), name, ...content);
