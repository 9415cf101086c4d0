/** Which page a path means. Pure. */

const ROUTES = [
  { name: 'board', pattern: /^\/(?:board)?$/ },
  { name: 'raise', pattern: /^\/raise$/ },
  { name: 'alert', pattern: /^\/alerts\/(?<id>[A-Za-z0-9-]{1,64})$/ },
  { name: 'staff', pattern: /^\/staff$/ },
  { name: 'directory', pattern: /^\/directory$/ },
  { name: 'onCall', pattern: /^\/on-call$/ },
  { name: 'shifts', pattern: /^\/shifts$/ },
  { name: 'handovers', pattern: /^\/handovers$/ },
  { name: 'readiness', pattern: /^\/readiness$/ },
  { name: 'accessReviews', pattern: /^\/access-reviews$/ },
  { name: 'imports', pattern: /^\/imports$/ },
  { name: 'ladders', pattern: /^\/ladders$/ },
  { name: 'alertTypes', pattern: /^\/alert-types$/ },
  { name: 'templates', pattern: /^\/templates$/ },
  { name: 'figures', pattern: /^\/figures$/ },
  { name: 'patients', pattern: /^\/patients$/ },
  { name: 'patient', pattern: /^\/patients\/(?<id>[A-Za-z0-9-]{1,64})$/ },
  { name: 'myRecord', pattern: /^\/my-record$/ },
  { name: 'reception', pattern: /^\/appointments$/ },
  { name: 'bookingHours', pattern: /^\/booking-hours$/ },
  { name: 'doctorDay', pattern: /^\/my-day$/ },
  { name: 'myAppointments', pattern: /^\/my-appointments$/ },
  { name: 'visit', pattern: /^\/visits\/(?<id>[A-Za-z0-9-]{1,64})$/ },
  { name: 'prescription', pattern: /^\/prescriptions\/(?<id>[A-Za-z0-9-]{1,64})$/ },
  { name: 'pharmacy', pattern: /^\/pharmacy$/ },
  { name: 'ownPrescription', pattern: /^\/my-prescriptions\/(?<id>[A-Za-z0-9-]{1,64})$/ },
  { name: 'waitingRoom', pattern: /^\/waiting-room$/ },
  { name: 'findDoctor', pattern: /^\/find-doctor$/ },
  { name: 'doctorProfile', pattern: /^\/find-doctor\/(?<id>[A-Za-z0-9-]{1,64})$/ },
  { name: 'myPayments', pattern: /^\/my-payments$/ },
  { name: 'myPayment', pattern: /^\/my-payments\/(?<id>[A-Za-z0-9-]{1,64})$/ },
  { name: 'payments', pattern: /^\/payments$/ },
  { name: 'payment', pattern: /^\/payments\/(?<id>[A-Za-z0-9-]{1,64})$/ },
  { name: 'receipt', pattern: /^\/receipts\/(?<id>[A-Za-z0-9-]{1,64})$/ },
  { name: 'subscription', pattern: /^\/subscription$/ },
  { name: 'plans', pattern: /^\/plans$/ },
  { name: 'members', pattern: /^\/members$/ },
  { name: 'invitations', pattern: /^\/invitations$/ },
  { name: 'hospital', pattern: /^\/hospital$/ },
  { name: 'departments', pattern: /^\/departments$/ },
  { name: 'locations', pattern: /^\/locations$/ },
  { name: 'rooms', pattern: /^\/rooms$/ },
  { name: 'permissions', pattern: /^\/permissions$/ },
  { name: 'notifications', pattern: /^\/notifications$/ },
  { name: 'preferences', pattern: /^\/notification-preferences$/ },
  { name: 'defaults', pattern: /^\/notification-defaults$/ },
  { name: 'channels', pattern: /^\/channels$/ },
  { name: 'mails', pattern: /^\/mails$/ },
  { name: 'messages', pattern: /^\/message-templates$/ },
  { name: 'webhooks', pattern: /^\/webhooks$/ },
  { name: 'queues', pattern: /^\/queue-dashboard$/ },
  { name: 'screens', pattern: /^\/screens$/ },
  { name: 'screen', pattern: /^\/screen$/ },
  { name: 'print', pattern: /^\/print$/ },
  // One's own account.
  { name: 'signUp', pattern: /^\/sign-up$/ },
  { name: 'join', pattern: /^\/join$/ },
  { name: 'verify', pattern: /^\/verify$/ },
  { name: 'forgotPassword', pattern: /^\/forgot-password$/ },
  { name: 'resetPassword', pattern: /^\/reset-password$/ },
  { name: 'completeProfile', pattern: /^\/complete-profile$/ },
  { name: 'profile', pattern: /^\/profile$/ },
  { name: 'security', pattern: /^\/security$/ },
  { name: 'outbox', pattern: /^\/outbox$/ },
];

/** @param {string} path @returns {{name: string, params: Record<string, string>}} */
export function matchRoute(path) {
  const clean = path.length > 1 ? path.replace(/\/+$/, '') : path;
  for (const route of ROUTES) {
    const match = route.pattern.exec(clean);
    if (match) return { name: route.name, params: { ...match.groups } };
  }
  return { name: 'missing', params: {} };
}
