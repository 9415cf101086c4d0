/** What each page asks for before it is shown: one permission, one of several, or a role. The server asks again. */
import { DESK_PAGES } from '../ui/desk-pages.js';
import { PATIENT_PAGES } from '../ui/patient-pages.js';
import { SETUP_PAGES } from '../ui/setup-page.js';
import { STAFF_PAGES } from '../ui/staff-pages.js';

const SECTIONS = [...SETUP_PAGES, ...PATIENT_PAGES, ...STAFF_PAGES, ...DESK_PAGES];

/** @type {Record<string, {permission?: string|string[], role?: string}>} */
export const NEEDS = {
  board: { permission: 'view_alerts' },
  alert: { permission: 'view_alerts' },
  print: { permission: 'view_alerts' },
  raise: { permission: 'create_alerts' },
  figures: { permission: 'view_analytics' },
  patient: { permission: 'view_patients' },
  visit: { permission: 'conduct_visits' },
  prescription: { permission: 'view_patients' },
  ownPrescription: { role: 'patient' },
  // Doctors as patients see them, and money
  doctorProfile: { role: 'patient' },
  myPayment: { role: 'patient' },
  payment: { permission: 'manage_billing' },
  receipt: { permission: ['manage_billing', 'book_appointments'] },
  // One's own account.
  outbox: { permission: 'view_system' },
  ...Object.fromEntries(SECTIONS.map((page) => [page.name, page])),
};
