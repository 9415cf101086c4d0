/** The pages of appointments: the reception, a doctor's day, one's own. */
import { openPages, sectionPage } from './section-page.js';
import { t } from '../i18n.js';

export const DESK_PAGES = [
  { name: 'reception', path: '/appointments', permission: 'view_appointments' },
  { name: 'doctorDay', path: '/my-day', permission: 'conduct_visits' },
  { name: 'bookingHours', path: '/booking-hours', permission: 'manage_availability' },
  { name: 'pharmacy', path: '/pharmacy', permission: 'dispense_medication' },
  { name: 'payments', path: '/payments', permission: 'manage_billing' },
  { name: 'myAppointments', path: '/my-appointments', role: 'patient' },
  { name: 'findDoctor', path: '/find-doctor', role: 'patient' },
  { name: 'myPayments', path: '/my-payments', role: 'patient' },
];

/** @param {object} session */
export const deskPagesFor = (session) => openPages(DESK_PAGES, session);

/** @param {object} app @param {string} name @param {...Node} content */
export const deskPage = (app, name, ...content) => sectionPage(app, DESK_PAGES, t('nav.appointments'), name, ...content);
