package import Core

/// A role that making a person can give: none that administers.
package enum StaffRole: String, ChoicePrimitive {
  case manager, support
  case operatorRole = "operator"
  case nurse, doctor
  case headDoctor = "head_doctor"
  case pharmacist
  case labTechnician = "lab_technician"
  case radiologist, receptionist
  case medicalAssistant = "medical_assistant"
  case billingSpecialist = "billing_specialist"
  case auditor
  case complianceOfficer = "compliance_officer"
  case dataAnalyst = "data_analyst"
}

/// A role that a change of role can give; which of them is up to the role of whoever changes it.
package enum AnyStaffRole: String, ChoicePrimitive {
  case superAdmin = "super_admin"
  case systemAdmin = "system_admin"
  case organizationAdmin = "organization_admin"
  case hospitalAdmin = "hospital_admin"
  case manager, support
  case operatorRole = "operator"
  case nurse, doctor
  case headDoctor = "head_doctor"
  case pharmacist
  case labTechnician = "lab_technician"
  case radiologist, receptionist
  case medicalAssistant = "medical_assistant"
  case billingSpecialist = "billing_specialist"
  case auditor
  case complianceOfficer = "compliance_officer"
  case dataAnalyst = "data_analyst"
}

extension Role {
  /// Whose account somebody of this role may change, and which roles he may give.
  package func manages(_ other: Role) -> Bool {
    switch self {
    case .superAdmin: true
    case .organizationAdmin: other != .superAdmin && other != .systemAdmin
    case .hospitalAdmin: other != .superAdmin && other != .systemAdmin && other != .organizationAdmin
    case .manager:
      [.operatorRole, .support, .receptionist, .medicalAssistant, .billingSpecialist, .dataAnalyst].contains(other)
    case .headDoctor: [.operatorRole, .nurse, .doctor, .medicalAssistant].contains(other)
    default: false
    }
  }
}

/// The number of a professional licence: 5 to 50 characters.
package struct LicenseNumber: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 5...50 }
  package static var sample: String { "MD-12345" }
}

/// A telephone number as people write it: 3 to 20 digits, spaces and `+ ( ) / . -`.
package struct PhoneNumber: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 3...20 }
  package static var sample: String { "+49 30 1234567" }
  package static var pattern: String? { "^[+(0-9][0-9 ()/.-]*[0-9]$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let rest = text.utf8.dropFirst()
    guard let first = text.utf8.first,
      digits.contains(first) || first == UInt8(ascii: "+") || first == UInt8(ascii: "("),
      let last = text.utf8.last, digits.contains(last),
      rest.allSatisfy({ digits.contains($0) || " ()/.-".utf8.contains($0) })
    else { throw InvalidValue("must be a telephone number such as +49 30 1234567", rule: "pattern") }
    return text
  }
}
