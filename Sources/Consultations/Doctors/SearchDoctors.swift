import Core
package import Operations
import Postgres
import Tenancy

/// Finds doctors by what they do, where they work and what patients think of them; the best first.
package struct SearchDoctors: ReadOperation {
  package let paging: Paging<DoctorListingKind>
  let filter: DoctorFilter

  package static let contract = Contract(
    name: "doctors.search", route: .get("/doctors/search"), summary: "Find a doctor", message: "The doctors.",
    access: .permission(.viewHospital), limit: .standard, mode: .read, audit: .refusalsOnly(category: .scheduling),
    cache: .never)

  private enum Key: String, CodingKey {
    case search, specialization, city, departmentId, locationId, minRating, minExperienceYears, maxFeeMinor
    case isAvailable
  }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    let input = try decoder.container(keyedBy: Key.self)
    filter = DoctorFilter(
      name: try input.decodeIfPresent(NameText.self, forKey: .search)?.text,
      specialization: try input.decodeIfPresent(NameText.self, forKey: .specialization)?.text,
      city: try input.decodeIfPresent(NameText.self, forKey: .city)?.text,
      department: try input.decodeIfPresent(DepartmentID.self, forKey: .departmentId),
      location: try input.decodeIfPresent(Identifier<AnyEntity>.self, forKey: .locationId),
      leastRating: try input.decodeIfPresent(LeastRating.self, forKey: .minRating)?.value,
      leastExperience: try input.decodeIfPresent(ExperienceYears.self, forKey: .minExperienceYears)?.value,
      largestFee: try input.decodeIfPresent(LargestFee.self, forKey: .maxFeeMinor)?.value,
      isAvailable: try input.decodeIfPresent(Bool.self, forKey: .isAvailable))
  }

  package func run(_ call: ReadCall) async throws -> Documents<DoctorListingKind> {
    try await call.documents(
      DoctorSearchQueries.search(filter, in: try call.hospital.id), paging, named: "doctors found \(filter.text)")
  }
}
