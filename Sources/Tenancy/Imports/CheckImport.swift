import Core
package import Operations

/// Reads a file of staff, rooms, patients or appointments and tells every line that cannot be taken over; changes nothing.
package struct CheckImport: JoinedOperation {
  package let kind: ImportKind
  package let csv: CSVText

  package static let contract = Contract(
    name: "imports.check", route: .post("/imports/{kind}/check"), summary: "Check a file before it is imported",
    message: "The file is checked.", access: .permission(.importData),
    limit: RateLimit("imports.check", max: 30, windowSeconds: 60), mode: .read,
    audit: .refusalsOnly(category: .tenancy), cache: .never)

  package func run(_ call: inout WriteCall, _ importers: [any Importer]) async throws -> ImportReport {
    try await importers.take(csv, of: kind, writes: false, &call)
  }
}

extension [any Importer] {
  func take(_ csv: CSVText, of kind: ImportKind, writes: Bool, _ call: inout WriteCall) async throws -> ImportReport {
    guard let importer = first(where: { $0.kind == kind }) else { throw Failure.notFound("kind of import") }
    return try await importer.take(csv.text, writes: writes, &call)
  }
}
