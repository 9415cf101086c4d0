package import Core
package import Operations
import Postgres

/// Registers a hospital: in the caller's organisation, if he administers one, and otherwise in a new one of its own.
/// All of it is written or nothing, and one mail bids welcome.
package struct RegisterHospital: WriteOperation {
  package let name: TenantName
  package let subdomain: Subdomain
  package let type: HospitalType?
  package let timeZone: TimeZoneName?
  package let licenseNumber: LicenseNumber?
  package let taxNumber: TaxNumber?
  /// Where the welcome goes; to the caller where it is not given.
  package let email: EmailAddress?
  package let phone: PhoneNumber?
  package let address: ShortText?

  package static let contract = Contract(
    name: "hospitals.register", route: .post("/hospitals", status: 201), summary: "Register a hospital",
    message: "The hospital is registered.", access: .person,
    limit: RateLimit("hospitals.register", max: 5, windowSeconds: 3600), mode: .write,
    audit: .row(action: "hospital_registered", category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<HospitalKind> {
    _ = try call.person
    let new = NewOrganization(
      id: .new(at: call.now), name: name.text, slug: subdomain.slug, kind: OrganizationType.business.rawValue,
      hospital: .new(at: call.now), hospitalName: name.text, subdomain: subdomain.text,
      hospitalKind: (type ?? .hospital).rawValue, timeZone: timeZone?.text ?? "UTC")
    if call.caller?.hospital == nil {
      try await new.write(timeZone, call.transaction)
    } else {
      try await new.add(timeZone, call.transaction)
    }
    let details = HospitalDetails(
      licenseNumber: licenseNumber?.text, taxNumber: taxNumber?.text, email: email?.text, phone: phone?.text,
      address: address?.text)
    call.transaction.queue(HospitalQueries.enter(new.hospital))
    guard let row = try await call.transaction.query(HospitalQueries.update(new.hospital, details)).first else {
      throw Failure.internalFault
    }
    // What is left behind belongs to the hospital of the call, or to the new one where there was none.
    if let home = call.caller?.hospital?.id {
      call.transaction.queue(HospitalQueries.enter(home))
    } else {
      call.audit.hospitalID = new.hospital
    }
    call.audit.resource("hospital", new.hospital)
    if let to = email ?? call.caller?.email.map(EmailAddress.init(unchecked:)) {
      try call.send(
        Mail(
          "hospital-welcome", to: to, values: ["hospital": .string(name.text), "subdomain": .string(subdomain.text)]))
    }
    return try Document(row)
  }
}

extension NewOrganization {
  /// Writes the hospital alone, into the organisation of the transaction's hospital.
  func add(_ zone: TimeZoneName?, _ transaction: Transaction) async throws {
    let results = try await transaction.queries([OrganizationQueries.isTimeZone(zone), HospitalQueries.add(self)])
    guard results.count == 2, let known = results[0].first, let made = results[1].first else {
      throw Failure.internalFault
    }
    guard try known.decode("known", as: Bool.self) else { throw Failure.unknownTimeZone }
    try Failure.refuseTaken(try made.decode("outcome"))
  }
}

extension Subdomain {
  /// The short name of an organisation that has none but its hospital's.
  fileprivate var slug: String { text.utf8.count < 3 ? "hospital-\(text)" : String(text.prefix(50)) }
}

/// A number for the tax office: 1 to 50 letters, digits and `- / .`.
package struct TaxNumber: TextPrimitive {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 1...50 }
  package static var sample: String { "22AAAAA0000A1Z5" }
  package static var pattern: String? { "^[A-Za-z0-9/. -]+$" }
  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    let marks = "/. -"
    guard
      text.unicodeScalars.allSatisfy({
        $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
          || marks.unicodeScalars.contains($0)
      })
    else { throw InvalidValue("must be letters, digits and / . -", rule: "pattern") }
    return text
  }
}
