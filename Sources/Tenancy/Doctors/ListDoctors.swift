package import Core
package import Operations
import Postgres

/// Lists the hospital's active doctors and head doctors by name.
package struct ListDoctors: ReadOperation {
  package let paging: Paging<DoctorKind>
  package let search: NameText?
  package let departmentId: DepartmentID?

  package static let contract = Contract(
    name: "doctors.getAll", route: .get("/doctors"), summary: "List the doctors", message: "The doctors.",
    access: .permission(.viewShiftStatus), limit: .standard, mode: .read, audit: .refusalsOnly(category: .tenancy),
    cache: .lasts(.query, dependsOn: [.doctorProfiles, .memberships, .users]))

  private enum Key: String, CodingKey { case search, departmentId }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    let input = try decoder.container(keyedBy: Key.self)
    search = try input.decodeIfPresent(NameText.self, forKey: .search)
    departmentId = try input.decodeIfPresent(DepartmentID.self, forKey: .departmentId)
  }

  package func run(_ call: ReadCall) async throws -> Documents<DoctorKind> {
    let hospital = try call.hospital.id
    let filter = UserFilter(search: search?.text, roles: Role.doctors, onlyActive: true, department: departmentId)
    let place = try paging.place(in: "doctors \(filter.text)")
    let rows = try await call.rows(
      try UserQueries.list(filter, paging.shape, from: UserQueries.doctors, in: hospital, place))
    let total = try await call.rows(UserQueries.count(filter, in: hospital)).first?.decode("total", as: Int.self)
    return Documents(
      rows, shape: paging.shape,
      page: try place.page(rows: rows.count, total: total) {
        [try rows[place.limit - 1].decode("place", as: UserID.self).text]
      })
  }
}

extension Role {
  static let doctors = [Role.doctor.rawValue, Role.headDoctor.rawValue]
}
