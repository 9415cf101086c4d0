/** The pages under “Set up”: how alerts behave, and the hospital with its people and places. */
import { openPages, sectionPage } from './section-page.js';
import { t } from '../i18n.js';

/** In the order in which they are offered; each needs its permission. */
export const SETUP_PAGES = [
  { name: 'ladders', path: '/ladders', permission: 'manage_ladders', group: 'alerts' },
  { name: 'alertTypes', path: '/alert-types', permission: 'manage_alert_types', group: 'alerts' },
  { name: 'templates', path: '/templates', permission: 'manage_alert_types', group: 'alerts' },
  { name: 'screens', path: '/screens', permission: 'manage_screens', group: 'alerts' },
  // People and places (rooms)
  { name: 'members', path: '/members', permission: 'view_users', group: 'hospital' },
  { name: 'invitations', path: '/invitations', permission: 'invite_members', group: 'hospital' },
  { name: 'hospital', path: '/hospital', permission: 'manage_hospital', group: 'hospital' },
  { name: 'departments', path: '/departments', permission: 'manage_departments', group: 'hospital' },
  { name: 'locations', path: '/locations', permission: 'manage_departments', group: 'hospital' },
  { name: 'rooms', path: '/rooms', permission: 'manage_departments', group: 'hospital' },
  { name: 'imports', path: '/imports', permission: 'import_data', group: 'hospital' },
  { name: 'permissions', path: '/permissions', permission: ['view_users', 'manage_roles'], group: 'hospital' },
  // What the hospital pays, and what the installation asks
  { name: 'subscription', path: '/subscription', permission: 'manage_billing', group: 'money' },
  { name: 'plans', path: '/plans', role: 'super_admin', group: 'money' },
  // What carries messages
  { name: 'messages', path: '/message-templates', permission: 'manage_hospital', group: 'messages' },
  { name: 'defaults', path: '/notification-defaults', permission: 'manage_hospital', group: 'messages' },
  { name: 'mails', path: '/mails', permission: 'manage_hospital', group: 'messages' },
  { name: 'channels', path: '/channels', permission: 'manage_hospital', group: 'messages' },
  { name: 'webhooks', path: '/webhooks', permission: 'manage_hospital', group: 'messages' },
  { name: 'queues', path: '/queue-dashboard', permission: 'view_system', group: 'messages' },
];

/** @param {object} session */
export const setupPagesFor = (session) => openPages(SETUP_PAGES, session);

/** @param {object} app @param {string} name @param {...Node} content */
export const setupPage = (app, name, ...content) => sectionPage(app, SETUP_PAGES, t('nav.setup'), name, ...content);
