"""Who may call what: the whole grid of roles and operations, written by hand from the design, the inventory's 1A.8 and
2.7 and the seeds' guards. It is compared with what Ward does, call by call; it is made of nothing that Ward says.

A new operation needs a line here, or in `ROLES` of its area (`areas.py`).
"""

import areas
from roles import (  # noqa: F401 (named by those who import the grid)
    SUPER, SYSTEM, GROUP, ADMIN, MANAGER, SUPPORT, OPERATOR, NURSE, DOCTOR, HEAD, PHARMACIST, LAB, RADIOLOGIST,
    RECEPTIONIST, ASSISTANT, BILLING, AUDITOR, COMPLIANCE, ANALYST, PATIENT, ROLES, EVERYBODY, STAFF, ADMINS, DOCTORS,
    HEADS, CLINICIANS, CALLERS, WATCHERS, ON_DUTY, SCHEDULED, PLANNERS, CARE,)

GRID = {
    # Alerts
    "alerts.create": CALLERS, "alerts.createFromTemplate": CALLERS,
    "alerts.list": WATCHERS, "alerts.get": WATCHERS, "alerts.getTimeline": WATCHERS, "alerts.comment": WATCHERS,
    "alerts.getEscalationHistory": WATCHERS, "alerts.getEscalationStatus": WATCHERS, "alerts.getTypes": WATCHERS,
    "alerts.getActiveEscalations": WATCHERS, "alerts.getTemplates": WATCHERS, "alerts.getLadders": WATCHERS,
    "alerts.acknowledge": CLINICIANS, "alerts.batchAcknowledge": CLINICIANS, "alerts.decline": CLINICIANS,
    "alerts.arrive": CLINICIANS, "alerts.withdraw": CLINICIANS, "alerts.transfer": CLINICIANS,
    "alerts.resolve": DOCTORS, "alerts.batchResolve": DOCTORS,
    "alerts.update": DOCTORS | {OPERATOR}, "alerts.cancel": DOCTORS | {OPERATOR},
    "alerts.escalate": HEADS,
    "alerts.createType": HEADS, "alerts.updateType": HEADS, "alerts.deleteType": HEADS,
    "alerts.createTemplate": HEADS, "alerts.updateTemplate": HEADS, "alerts.deleteTemplate": HEADS,
    "alerts.createLadder": HEADS, "alerts.updateLadder": HEADS, "alerts.deleteLadder": HEADS,
    "alerts.dryRunLadder": HEADS,
    "alerts.getAnalytics": HEADS | {MANAGER, ANALYST}, "alerts.getFatigue": HEADS | {MANAGER, ANALYST},
    "alerts.getHistory": HEADS | {MANAGER, ANALYST}, "alerts.getMetrics": HEADS | {MANAGER, ANALYST},
    "alerts.getResponseAnalytics": HEADS | {MANAGER, ANALYST}, "alerts.getStats": HEADS | {MANAGER, ANALYST},

    # Duty, screens, departments
    "healthcare.toggleOnDuty": ON_DUTY,
    "healthcare.getOnDutyStatus": ON_DUTY | {MANAGER, RECEPTIONIST},
    "healthcare.getOnDutyStaff": ON_DUTY | {MANAGER, RECEPTIONIST},
    "doctors.getAll": ON_DUTY | {MANAGER, RECEPTIONIST}, "doctors.getById": ON_DUTY | {MANAGER, RECEPTIONIST},
    "screens.create": HEADS, "screens.list": HEADS, "screens.revoke": HEADS,
    "hospitals.getDepartments": STAFF, "departments.get": STAFF,

    # Staff: plans
    "shifts.list": SCHEDULED, "shifts.getSchedule": SCHEDULED,
    "shifts.create": PLANNERS, "shifts.update": PLANNERS, "shifts.delete": PLANNERS, "shifts.setSchedule": PLANNERS,
    "onCall.listSchedules": SCHEDULED, "onCall.getSchedule": SCHEDULED, "onCall.getCalendar": SCHEDULED,
    "onCall.getGaps": SCHEDULED, "onCall.getCurrent": SCHEDULED,
    "onCall.createSchedule": PLANNERS, "onCall.updateSchedule": PLANNERS, "onCall.deleteSchedule": PLANNERS,
    "onCall.addOverride": PLANNERS, "onCall.removeOverride": PLANNERS,
    "onCall.getReadiness": SCHEDULED,
    "healthcare.endShift": ON_DUTY, "healthcare.getShiftSummary": ON_DUTY,
    "handovers.getPending": ON_DUTY, "handovers.accept": ON_DUTY, "handovers.decline": ON_DUTY,
    "handovers.getMetrics": HEADS | {MANAGER, ANALYST},

    # People and their rights: 1's adminProcedure
    "users.getAll": HEADS | {MANAGER, SUPPORT, SYSTEM}, "users.getById": HEADS | {MANAGER, SUPPORT, SYSTEM},
    "users.create": ADMINS, "users.update": ADMINS, "users.updateRole": ADMINS, "users.deactivate": ADMINS,
    "doctors.create": ADMINS, "doctors.update": ADMINS, "doctors.deactivate": ADMINS,
    "users.getRoles": ADMINS, "users.grantRole": ADMINS, "users.revokeRole": ADMINS,
    "roles.list": EVERYBODY,
    # administration
    "admin.listUsers": ADMINS, "admin.getUser": ADMINS, "admin.toggleUserStatus": ADMINS, "admin.getAnalytics": ADMINS,
    "doctors.createProfile": EVERYBODY, "doctors.getProfile": EVERYBODY, "doctors.updateProfile": EVERYBODY,
    "imports.check": ADMINS, "imports.run": ADMINS,
    "auth.getMethods": EVERYBODY,
    "admin.getDashboardStats": {SUPER}, "alerts.getPatientAlerts": WATCHERS,
    # end of administration

    # Organisations
    "organization.create": EVERYBODY, "organization.list": EVERYBODY, "organization.acceptInvitation": EVERYBODY,
    "organization.joinByCode": EVERYBODY, "organization.showInvitation": EVERYBODY,
    "organization.get": ADMINS | {MANAGER},
    "organization.update": {SUPER, GROUP}, "organization.setDefaultHospital": {SUPER, GROUP},
    "organization.inviteMembers": HEADS | {MANAGER}, "organization.listInvitations": HEADS | {MANAGER},
    "organization.revokeInvitation": HEADS | {MANAGER}, "organization.generateCode": HEADS | {MANAGER},
    "organization.listCodes": HEADS | {MANAGER}, "organization.revokeCode": HEADS | {MANAGER},

    "organization.sendJoinRequest": EVERYBODY, "organization.listUserJoinRequests": EVERYBODY,
    "organization.cancelJoinRequest": EVERYBODY,
    "organization.listJoinRequests": HEADS | {MANAGER}, "organization.reviewJoinRequest": HEADS | {MANAGER},

    # Hospitals and places
    "hospitals.getCurrent": EVERYBODY, "hospitals.getAll": EVERYBODY, "hospitals.getBySubdomain": EVERYBODY,
    "hospitals.register": EVERYBODY,  # a hospital of one's own; into an organisation only its administrators
    "hospitals.updateSettings": ADMINS, "hospitals.requestEdit": ADMINS, "hospitals.confirmEdit": ADMINS,
    "hospitals.updateDetails": ADMINS,
    "locations.getAll": STAFF, "locations.getById": STAFF, "rooms.getAll": STAFF,
    "locations.create": ADMINS, "locations.update": ADMINS, "locations.delete": ADMINS,
    "departments.create": ADMINS, "departments.update": ADMINS, "departments.delete": ADMINS,
    "lines.list": CARE, "lines.join": CARE, "lines.callNext": CARE, "lines.leave": CARE,
    "rooms.create": ADMINS, "rooms.update": ADMINS, "rooms.delete": ADMINS,

    # Patients
    "patient.create": DOCTORS | {RECEPTIONIST}, "patient.updatePatient": DOCTORS, "patient.discharge": DOCTORS,
    "patient.assignToCareTeam": DOCTORS, "patient.removeFromCareTeam": DOCTORS,
    "patient.getDetails": CARE, "patient.getPatientsList": CARE, "patient.search": CARE, "patient.getMyPatients": CARE,
    "patient.getCareTeam": CARE, "patient.getCurrentVitals": CARE, "patient.getVitalsHistory": CARE,
    "patient.getDashboard": CARE,
    "patient.recordVitals": CLINICIANS | {ASSISTANT}, "patient.linkAccount": DOCTORS,
    "patient.getAccessLog": ADMINS | {SYSTEM, AUDITOR, COMPLIANCE},
    "patient.breakGlass": CLINICIANS | {PHARMACIST, LAB, RADIOLOGIST},
    "accessReviews.list": ADMINS | {COMPLIANCE}, "accessReviews.review": ADMINS | {COMPLIANCE},
    "patient.getMyRecord": EVERYBODY, "patient.getMyVitals": EVERYBODY, "patient.getMyAccessLog": EVERYBODY,

    # Oneself, and what is for everybody
    "auth.getSession": EVERYBODY, "auth.signIn": EVERYBODY, "auth.signOut": EVERYBODY, "auth.signUp": EVERYBODY,
    "auth.getProviders": EVERYBODY, "auth.socialSignIn": EVERYBODY, "auth.finishSignIn": EVERYBODY,
    "auth.finishSecondFactor": EVERYBODY, "auth.listLinkedAccounts": EVERYBODY, "auth.unlinkAccount": EVERYBODY,
    "apiKeys.create": EVERYBODY, "apiKeys.list": EVERYBODY, "apiKeys.revoke": EVERYBODY,
    "users.unlock": ADMINS,
    # ways out
    "webhooks.create": ADMINS, "webhooks.list": ADMINS, "webhooks.update": ADMINS, "webhooks.delete": ADMINS,
    "webhooks.rotateSecret": ADMINS, "webhooks.listDeliveries": ADMINS, "webhooks.redeliver": ADMINS,
    "channels.list": ADMINS, "channels.update": ADMINS,
    "notification.registerToken": EVERYBODY, "notification.listTokens": EVERYBODY,
    "notification.unregisterToken": EVERYBODY, "auth.setPhone": EVERYBODY, "auth.verifyPhone": EVERYBODY,
    "auth.getPhone": EVERYBODY, "auth.removePhone": EVERYBODY,
    "auth.issueTokens": EVERYBODY, "auth.refreshToken": EVERYBODY,
    "auth.getActiveSessions": EVERYBODY, "auth.revokeSession": EVERYBODY, "auth.revokeOtherSessions": EVERYBODY,
    "auth.rotateSession": EVERYBODY, "auth.selectHospital": EVERYBODY,
    "auth.getTwoFactorStatus": EVERYBODY, "auth.enableTwoFactor": EVERYBODY, "auth.verifyTwoFactor": EVERYBODY,
    "auth.disableTwoFactor": EVERYBODY, "auth.regenerateBackupCodes": EVERYBODY,
    "auth.requestOTP": EVERYBODY, "auth.verifyOTP": EVERYBODY,
    # accounts
    "auth.checkEmail": EVERYBODY, "auth.verifyEmail": EVERYBODY, "auth.resendVerificationEmail": EVERYBODY,
    "auth.forgotPassword": EVERYBODY, "auth.resetPassword": EVERYBODY, "auth.changePassword": EVERYBODY,
    "auth.getProfile": EVERYBODY, "auth.updateProfile": EVERYBODY, "auth.completeProfile": EVERYBODY,
    "auth.forcePasswordReset": ADMINS,
    # end of accounts
    "system.getCache": ADMINS | {SYSTEM}, "cache.clear": {SUPER, SYSTEM},
    # jobs
    "queues.list": ADMINS | {SYSTEM}, "queues.listJobs": ADMINS | {SYSTEM}, "queues.getMetrics": ADMINS | {SYSTEM},
    "queues.retryJob": {SUPER, SYSTEM}, "queues.cancelJob": {SUPER, SYSTEM}, "queues.replay": {SUPER, SYSTEM},
    # end of jobs
    # messages
    "notification.getDeliveries": WATCHERS,
    "notification.list": EVERYBODY, "notification.getUnread": EVERYBODY, "notification.getUnreadCount": EVERYBODY,
    "notification.markRead": EVERYBODY, "notification.markAllRead": EVERYBODY,
    "notification.getPreferences": EVERYBODY, "notification.updatePreferences": EVERYBODY,
    "notification.resetPreferences": EVERYBODY, "notification.sendTest": EVERYBODY,
    "notification.getDefaults": ADMINS, "notification.updateDefaults": ADMINS,
    "notification.listTemplates": ADMINS, "notification.updateTemplate": ADMINS, "notification.deleteTemplate": ADMINS,
    "notification.previewTemplate": ADMINS, "mails.get": ADMINS, "mails.list": ADMINS,
    "notification.setPatientChannels": DOCTORS, "reminders.schedule": DOCTORS, "reminders.list": DOCTORS,
    "reminders.cancel": DOCTORS,
    # end of messages
    "system.connections": ADMINS | {SYSTEM}, "system.outbox": ADMINS | {SYSTEM}, "system.getBroker": ADMINS | {SYSTEM},
    "system.presence": ADMINS | {SYSTEM},
    **areas.merged("ROLES"),
}

# Who gives which role, and whose account he may change: nobody reaches above himself.
GIVES = {
    SUPER: STAFF | {PATIENT}, GROUP: EVERYBODY - {SUPER, SYSTEM}, ADMIN: EVERYBODY - {SUPER, SYSTEM, GROUP},
    MANAGER: {OPERATOR, SUPPORT, RECEPTIONIST, ASSISTANT, BILLING, ANALYST},
    HEAD: {OPERATOR, NURSE, DOCTOR, ASSISTANT},
}
