package import Operations
import Postgres

/// Lists the hospital's own ladders and the five that count where it has none.
package struct ListLadders: ReadOperation {
  package let paging: Paging<LadderKind>

  package static let contract = Contract(
    name: "alerts.getLadders", route: .get("/escalation-ladders"), summary: "List the escalation ladders",
    message: "The ladders.", access: .permission(.viewAlerts), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .alert), cache: .lasts(.emergency, dependsOn: [.escalationLadders]))

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<LadderKind> {
    try await call.documents(LadderQueries.list(in: try call.hospital.id), paging, named: "ladders")
  }
}
