import Core
package import Operations

/// Takes a file of staff, rooms, patients or appointments over: every line of it, or none when one is not right.
package struct RunImport: JoinedOperation {
  package let kind: ImportKind
  package let csv: CSVText

  package static let contract = Contract(
    name: "imports.run", route: .post("/imports/{kind}", status: 201), summary: "Import a file",
    message: "The file is imported.", access: .permission(.importData),
    limit: RateLimit("imports.run", max: 20, windowSeconds: 60), mode: .write,
    audit: .row(action: "data_imported", category: .tenancy), cache: .never, namesPatients: true)

  package func run(_ call: inout WriteCall, _ importers: [any Importer]) async throws -> ImportReport {
    let report = try await importers.take(csv, of: kind, writes: true, &call)
    call.audit.details["kind"] = .string(kind.rawValue)
    call.audit.details["lines"] = .integer(Int64(report.imported))
    return report
  }
}
