package import Core
package import Operations
import Postgres

/// Changes how the hospital works; what is not given stays as it is. What it is called, and where it is found, is
/// changed with a code (`hospitals.updateDetails`).
package struct UpdateSettings: WriteOperation {
  package let type: HospitalType?
  package let timeZone: TimeZoneName?
  /// In which fees are said and paid; without one nothing has a price. It stays while there are fees.
  package let currency: Currency?
  /// A hospital that is not active takes no new alerts.
  package let isActive: Bool?
  package let nursesResolve: Bool?
  package let restrictRecords: Bool?
  package let idleMinutes: IdleMinutes?

  package static let contract = Contract(
    name: "hospitals.updateSettings", route: .patch("/hospital"), summary: "Change the hospital's settings",
    message: "The settings are changed.", access: .permission(.manageHospital), limit: .standard, mode: .write,
    audit: .row(action: "hospital_settings_updated", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<HospitalKind> {
    let hospital = try call.hospital.id
    let results = try await call.transaction.queries([
      OrganizationQueries.isTimeZone(timeZone), HospitalQueries.update(hospital, self),
    ])
    guard results.count == 2, let known = results[0].first, let row = results[1].first else {
      throw Failure.notFound("hospital")
    }
    guard try known.decode("known", as: Bool.self) else { throw Failure.unknownTimeZone }
    call.audit.resource("hospital", hospital)
    call.audit.details = changes
    return try Document(row)
  }

  private var changes: [String: JSONValue] {
    var changes: [String: JSONValue] = [:]
    for (name, flag) in [
      ("isActive", isActive), ("nursesResolve", nursesResolve), ("restrictRecords", restrictRecords),
    ] {
      if let flag { changes[name] = .bool(flag) }
    }
    if let timeZone { changes["timeZone"] = .string(timeZone.text) }
    if let currency { changes["currency"] = .string(currency.code) }
    if let type { changes["type"] = .string(type.rawValue) }
    if let idleMinutes { changes["idleMinutes"] = .integer(idleMinutes.value) }
    return changes
  }
}

/// After how many minutes without use a session in the hospital ends: 1 to 1,440; 0 for never.
package struct IdleMinutes: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 0...1440 }
}
