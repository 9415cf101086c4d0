package import Core
package import Operations
import Postgres

/// Adds a department with a code that the hospital uses once.
package struct CreateDepartment: WriteOperation {
  package let name: NameText
  package let code: DepartmentCode
  package let locationId: LocationID?

  package static let contract = Contract(
    name: "departments.create", route: .post("/departments", status: 201), summary: "Add a department",
    message: "The department is added.", access: .permission(.manageDepartments),
    limit: .standard, mode: .write, audit: .row(action: "department_created", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<DepartmentKind> {
    let hospital = try call.hospital.id
    try await call.transaction.mustHave(locationId, in: hospital)
    let id = DepartmentID.new(at: call.now)
    let rows = try await call.transaction.query(PlaceQueries.insert(self, id, in: hospital))
    guard let row = rows.first else {
      throw Failure(.conflict, "There is a department with this code.", details: ["field": "code"])
    }
    call.audit.resource("department", id)
    return try Document(row)
  }
}

extension Transaction {
  /// Refuses a location that the hospital does not have.
  func mustHave(_ location: LocationID?, in hospital: HospitalID) async throws {
    guard let location else { return }
    guard try await !query(PlaceQueries.location(location, in: hospital)).isEmpty else {
      throw Failure.invalid("locationId", "refers to nothing in this hospital", rule: "exists")
    }
  }
}
