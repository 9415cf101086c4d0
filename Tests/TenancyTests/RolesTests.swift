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

  @Test("72: a patient has no permission, and a screen only looks")
  func least() {
    #expect(Role.patient.permissions.list.isEmpty)
    #expect(Set(PermissionSet.screen.list) == [.viewAlerts, .viewDepartments])
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
