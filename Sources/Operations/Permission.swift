import Core

/// What a role may do; the words of the seeds. Which role holds which is in `Tenancy/Roles.swift`.
package enum Permission: String, CaseIterable, Sendable {
  case viewAlerts = "view_alerts"
  case createAlerts = "create_alerts"
  case updateAlerts = "update_alerts"
  case acknowledgeAlerts = "acknowledge_alerts"
  case resolveAlerts = "resolve_alerts"
  case cancelAlerts = "cancel_alerts"
  case escalateAlerts = "escalate_alerts"
  case startShift = "start_shift"
  case viewShiftStatus = "view_shift_status"
  case viewDepartments = "view_departments"
  case manageScreens = "manage_screens"
  case viewUsers = "view_users"
  case manageUsers = "manage_users"
  case manageAlertTypes = "manage_alert_types"
  case manageLadders = "manage_ladders"
  case viewAnalytics = "view_analytics"
  case viewSystem = "view_system"
  case manageSystem = "manage_system"
  case viewPatients = "view_patients"
  case createPatients = "create_patients"
  case managePatients = "manage_patients"
  case recordVitals = "record_vitals"
  /// To open a record without the right to see it, with a reason and a second factor.
  case breakGlass = "break_glass"
  case reviewAccess = "review_access"
  case viewHospital = "view_hospital"
  case manageHospital = "manage_hospital"
  case manageDepartments = "manage_departments"
  case viewOrganization = "view_organization"
  case manageOrganization = "manage_organization"
  case inviteMembers = "invite_members"
  case manageRoles = "manage_roles"
  case viewSchedule = "view_schedule"
  case manageSchedule = "manage_schedule"
  case importData = "import_data"
  case viewAuditLogs = "view_audit_logs"
  case exportAuditLogs = "export_audit_logs"
  /// Every record, also where a hospital keeps records to their departments.
  case viewAllRecords = "view_all_records"
  case dispenseMedication = "dispense_medication"
  case manageLabReports = "manage_lab_reports"
  case manageImaging = "manage_imaging"
  case manageBilling = "manage_billing"
  case viewAppointments = "view_appointments"
  /// For oneself; whoever manages appointments books for others.
  case bookAppointments = "book_appointments"
  case manageAppointments = "manage_appointments"
  /// Weekly hours, days off, rooms and devices.
  case manageAvailability = "manage_availability"
  /// To book above what is taken, with a reason.
  case overrideBookings = "override_bookings"
  /// To see patients: start and end a visit, write notes and prescriptions.
  case conductVisits = "conduct_visits"
  /// What concerns the whole installation and no one hospital.
  case managePlatform = "manage_platform"
}

extension Permission {
  /// What is done: `view` of `view_alerts`.
  package var action: String {
    self == .breakGlass ? rawValue : String(rawValue.prefix { $0 != "_" })
  }

  /// To what it is done: `alerts` of `view_alerts`.
  package var resource: String {
    self == .breakGlass ? "patients" : String(rawValue.drop { $0 != "_" }.dropFirst())
  }
}

/// A set of permissions in one machine word.
package struct PermissionSet: Sendable, Hashable, ExpressibleByArrayLiteral {
  private var bits: UInt64 = 0

  package init(_ permissions: some Sequence<Permission>) {
    for permission in permissions { bits |= Self.bit(permission) }
  }

  package init(arrayLiteral elements: Permission...) { self.init(elements) }

  package static let all = PermissionSet(Permission.allCases)

  package func contains(_ permission: Permission) -> Bool { bits & Self.bit(permission) != 0 }
  package func union(_ other: PermissionSet) -> PermissionSet {
    var both = self
    both.bits |= other.bits
    return both
  }
  package func subtracting(_ other: PermissionSet) -> PermissionSet {
    var rest = self
    rest.bits &= ~other.bits
    return rest
  }
  package var list: [Permission] { Permission.allCases.filter(contains) }

  private static let positions = Dictionary(
    uniqueKeysWithValues: Permission.allCases.enumerated().map { ($1, UInt64($0)) })
  private static func bit(_ permission: Permission) -> UInt64 { 1 << (positions[permission] ?? 63) }
}
