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
    case .superAdmin, .organizationAdmin, .hospitalAdmin: .all
    case .systemAdmin: [.viewDepartments, .viewSystem]
    case .manager: [.viewAlerts, .viewShiftStatus, .viewDepartments, .viewUsers, .viewAnalytics]
    case .support: [.viewDepartments]
    case .operatorRole:
      [
        .viewAlerts, .createAlerts, .updateAlerts, .cancelAlerts, .startShift, .viewShiftStatus, .viewDepartments,
      ]
    case .nurse:
      [.viewAlerts, .createAlerts, .acknowledgeAlerts, .startShift, .viewShiftStatus, .viewDepartments]
    case .doctor:
      [
        .viewAlerts, .createAlerts, .updateAlerts, .acknowledgeAlerts, .resolveAlerts, .cancelAlerts, .startShift,
        .viewShiftStatus, .viewDepartments,
      ]
    case .headDoctor:
      Role.doctor.permissions.union([
        .escalateAlerts, .manageScreens, .viewUsers, .manageAlertTypes, .manageLadders, .viewAnalytics,
      ])
    case .medicalAssistant: [.viewAlerts, .viewShiftStatus, .viewDepartments]
    case .receptionist: [.viewDepartments, .viewShiftStatus]
    case .pharmacist, .labTechnician, .radiologist, .billingSpecialist: [.viewDepartments]
    case .dataAnalyst: [.viewDepartments, .viewAnalytics]
    case .auditor, .complianceOfficer: [.viewDepartments]
    case .patient: []
    }
  }

  /// Whose list of alerts is the own department's, where the person has one.
  package var isBoundToDepartment: Bool { self == .nurse || self == .medicalAssistant }
}

extension PermissionSet {
  /// What a ward screen may do: look.
  package static let screen: PermissionSet = [.viewAlerts, .viewDepartments]
}
