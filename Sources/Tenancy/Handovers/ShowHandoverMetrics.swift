import Core
package import Operations
import Postgres

/// Shows how handovers went in the last day, week or month.
package struct ShowHandoverMetrics: ReadOperation {
  package let timeRange: HandoverRange?

  package static let contract = Contract(
    name: "handovers.getMetrics", aliases: ["healthcare.getHandoverMetrics"], route: .get("/handover-metrics"),
    summary: "Show how handovers go", message: "The figures.", access: .permission(.viewAnalytics), limit: .standard,
    mode: .read, audit: .refusalsOnly(category: .tenancy), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<HandoverMetricsKind> {
    let start = call.now.adding(seconds: -(timeRange ?? .week).days * 86_400)
    let rows = try await call.rows(HandoverQueries.metrics(since: start, in: try call.hospital.id))
    guard let row = rows.first else { throw Failure.internalFault }
    return try Document(row)
  }
}

package enum HandoverRange: String, ChoicePrimitive {
  case day = "24h"
  case week = "7d"
  case month = "30d"

  var days: Int64 {
    switch self {
    case .day: 1
    case .week: 7
    case .month: 30
    }
  }
}
