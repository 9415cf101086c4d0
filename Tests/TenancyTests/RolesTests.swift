import Operations
import Tenancy
import Testing

@Suite struct RolesTests {
  @Test("64: creating alerts is for exactly these roles")
  func creators() {
    let holders = Role.allCases.filter { $0.permissions.contains(.createAlerts) }
    #expect(
      Set(holders) == [
        .operatorRole, .nurse, .doctor, .headDoctor, .hospitalAdmin, .organizationAdmin, .superAdmin,
      ])
  }

  @Test("68: a head doctor may do all that a doctor may")
  func hierarchy() {
    let doctor = Set(Role.doctor.permissions.list)
    #expect(doctor.isStrictSubset(of: Set(Role.headDoctor.permissions.list)))
  }

  @Test("72: a patient sees what everybody knows of the hospital and changes nothing, and a screen only looks")
  func least() {
    #expect(Role.patient.permissions.list == [.viewHospital, .bookAppointments])
    #expect(Set(PermissionSet.screen.list) == [.viewAlerts, .viewDepartments])
  }

  @Test("67: each role has permissions, and no two have the same")
  func distinct() {
    let sets = Role.allCases.map(\.permissions)
    #expect(sets.allSatisfy { !$0.list.isEmpty })
    #expect(Set(sets).count == Role.allCases.count)
  }

  @Test("68: whoever reaches over others reaches over nobody above himself")
  func reach() {
    for role in Role.allCases where role != .superAdmin {
      #expect(!role.manages(.superAdmin))
      for other in Role.allCases where role.manages(other) {
        #expect(Role.allCases.allSatisfy { !other.manages($0) || role.manages($0) }, "\(role) over \(other)")
      }
    }
  }

  @Test("a nurse does not resolve, an operator does not acknowledge")
  func limits() {
    #expect(!Role.nurse.permissions.contains(.resolveAlerts))
    #expect(Role.nurse.permissions.contains(.acknowledgeAlerts))
    #expect(!Role.operatorRole.permissions.contains(.acknowledgeAlerts))
    #expect(Role.headDoctor.permissions.contains(.escalateAlerts))
    #expect(!Role.doctor.permissions.contains(.escalateAlerts))
  }
}
