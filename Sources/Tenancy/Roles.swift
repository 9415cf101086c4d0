package import Operations

/// What a person is in a hospital; the words of DESIGN.
package enum Role: String, CaseIterable, Sendable {
  case superAdmin = "super_admin"
  case systemAdmin = "system_admin"
  case organizationAdmin = "organization_admin"
  case hospitalAdmin = "hospital_admin"
  case manager
  case support
  case operatorRole = "operator"
  case nurse
  case doctor
  case headDoctor = "head_doctor"
  case pharmacist
  case labTechnician = "lab_technician"
  case radiologist
  case receptionist
  case medicalAssistant = "medical_assistant"
  case billingSpecialist = "billing_specialist"
  case auditor
  case complianceOfficer = "compliance_officer"
  case dataAnalyst = "data_analyst"
  case patient

  /// The one table of roles × permissions. What is not here is not allowed.
  package var permissions: PermissionSet {
    switch self {
    case .superAdmin: .all
    case .organizationAdmin: .all.subtracting([.manageSystem, .managePlatform])
    case .hospitalAdmin: .all.subtracting([.manageSystem, .managePlatform, .manageOrganization])
    case .systemAdmin:
      [.viewDepartments, .viewHospital, .viewSystem, .manageSystem, .viewUsers, .viewAuditLogs]
    case .manager:
      [
        .viewAlerts, .viewShiftStatus, .viewDepartments, .viewHospital, .viewOrganization, .viewUsers, .inviteMembers,
        .viewAnalytics, .viewSchedule, .manageSchedule, .viewAppointments, .manageAvailability,
      ]
    case .support: [.viewDepartments, .viewHospital, .viewUsers]
    case .operatorRole:
      [
        .viewAlerts, .createAlerts, .updateAlerts, .cancelAlerts, .startShift, .viewShiftStatus, .viewDepartments,
        .viewHospital, .viewSchedule,
      ]
    case .nurse:
      [
        .viewAlerts, .createAlerts, .acknowledgeAlerts, .startShift, .viewShiftStatus, .viewDepartments,
        .viewHospital, .viewSchedule, .viewPatients, .recordVitals, .breakGlass, .viewAppointments, .manageAppointments,
      ]
    case .doctor:
      [
        .viewAlerts, .createAlerts, .updateAlerts, .acknowledgeAlerts, .resolveAlerts, .cancelAlerts, .startShift,
        .viewShiftStatus, .viewDepartments, .viewHospital, .viewSchedule, .viewPatients, .createPatients,
        .managePatients, .recordVitals, .breakGlass, .viewAppointments, .manageAppointments, .overrideBookings,
        .conductVisits,
      ]
    case .headDoctor:
      Role.doctor.permissions.union([
        .escalateAlerts, .manageScreens, .viewUsers, .manageAlertTypes, .manageLadders, .viewAnalytics,
        .manageSchedule, .inviteMembers, .manageAvailability,
      ])
    case .pharmacist: Role.supporting.union([.dispenseMedication])
    case .labTechnician: Role.supporting.union([.manageLabReports])
    case .radiologist: Role.supporting.union([.manageImaging])
    case .receptionist:
      [
        .viewDepartments, .viewHospital, .viewShiftStatus, .viewSchedule, .viewPatients, .createPatients,
        .viewAllRecords, .viewAppointments, .manageAppointments, .manageAvailability,
      ]
    case .medicalAssistant:
      [
        .viewAlerts, .viewShiftStatus, .viewDepartments, .viewHospital, .viewSchedule, .viewPatients, .recordVitals,
        .startShift, .viewAppointments, .manageAppointments,
      ]
    case .billingSpecialist: [.viewDepartments, .viewHospital, .viewAppointments, .manageBilling]
    case .auditor: [.viewDepartments, .viewHospital, .viewAuditLogs]
    case .complianceOfficer:
      [.viewDepartments, .viewHospital, .viewAuditLogs, .exportAuditLogs, .reviewAccess]
    case .dataAnalyst: [.viewDepartments, .viewHospital, .viewAnalytics]
    case .patient: [.viewHospital, .bookAppointments]
    }
  }

  /// What those share who look after patients beside the ward.
  private static let supporting: PermissionSet = [
    .viewDepartments, .viewHospital, .viewSchedule, .viewPatients, .startShift, .viewShiftStatus, .breakGlass,
  ]

  /// Whose list of alerts is the own department's, where the person has one.
  package var isBoundToDepartment: Bool { self == .nurse || self == .medicalAssistant }
}

extension PermissionSet {
  /// What a ward screen may do: look.
  package static let screen: PermissionSet = [.viewAlerts, .viewDepartments]
}
