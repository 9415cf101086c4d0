package import Core
package import Operations
import Postgres

/// People of the hospital, made as one by one: no administrators, nobody above who imports, and nobody can sign in
/// until he chose a password by a mailed link.
package struct StaffImport: Importer {
  package struct Item: Decodable, Sendable {
    let email: EmailAddress
    let name: NameText
    let role: StaffRole
    let departmentId: DepartmentID?
    let licenseNumber: LicenseNumber?
    let specialization: NameText?
    let phone: PhoneNumber?

    /// What no other doctor of the hospital may have.
    fileprivate var doctorsLicence: String? {
      Role.doctors.contains(role.rawValue) ? licenseNumber?.text.uppercased() : nil
    }
  }

  package let kind = ImportKind.staff
  package let columns = [
    ImportColumn("email", required: true), ImportColumn("name", required: true), ImportColumn("role", required: true),
    ImportColumn("department", .department, at: "departmentId"), ImportColumn("licenseNumber"),
    ImportColumn("specialization"), ImportColumn("phone"),
  ]

  package init() {}

  package func check(
    _ lines: [ImportedLine<Item>], _ notes: inout ImportNotes, _ call: inout WriteCall
  ) async throws {
    notes.noteRepeated(lines, column: "email") { $0.email.text }
    notes.noteRepeated(lines, column: "licenseNumber") { $0.doctorsLicence }
    let taken = try await call.transaction.texts("email", ImportQueries.taken(lines.map(\.item.email.text)))
    let licences = try await call.transaction.texts(
      "number", ImportQueries.licences(lines.compactMap(\.item.doctorsLicence), in: try call.hospital.id))
    for each in lines {
      if taken.contains(each.item.email.text) {
        notes.add(line: each.line, column: "email", "has an account already", rule: "unique")
      }
      if let licence = each.item.doctorsLicence, licences.contains(licence) {
        notes.add(line: each.line, column: "licenseNumber", "is a colleague's", rule: "unique")
      }
      guard let role = Role(rawValue: each.item.role.rawValue), try call.callerManages(role) else {
        notes.add(line: each.line, column: "role", "is above your own", rule: "rights")
        continue
      }
    }
  }

  package func insert(_ items: [Item], _ call: inout WriteCall) async throws {
    let now = call.now
    let ids = items.map { _ in UserID.new(at: now).rawValue }
    let rows = try await call.transaction.query(
      ImportQueries.createUsers(ids, emails: items.map(\.email.text), names: items.map(\.name.text)))
    guard try rows.first?.decode("taken", as: Int.self) == 0 else { throw Failure.overtaken }
    call.transaction.queue(ImportQueries.insertMemberships(ids, items, in: try call.hospital.id))
  }
}

extension Failure {
  /// Somebody else made one of the same at this moment.
  package static let overtaken = Failure(
    .conflict, "Something of this file was made in the meantime. Nothing was imported; check the file again.")
}
