/** The pages of patients: the list, what waits for review, and a patient's own record. */
import { openPages, sectionPage } from './section-page.js';
import { t } from '../i18n.js';

export const PATIENT_PAGES = [
  { name: 'patients', path: '/patients', permission: 'view_patients' },
  { name: 'accessReviews', path: '/access-reviews', permission: 'review_access' },
  { name: 'myRecord', path: '/my-record', role: 'patient' },
];

/** @param {object} session */
export const patientPagesFor = (session) => openPages(PATIENT_PAGES, session);

/** @param {object} app @param {string} name @param {...Node} content */
export const patientPage = (app, name, ...content) =>
  sectionPage(app, PATIENT_PAGES, t('nav.patients'), name, ...content);
