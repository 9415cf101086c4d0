package import Core
package import Operations
import Postgres

/// Says whether the caller has a second factor, and how many backup codes are left.
package struct GetTwoFactorStatus: ReadOperation {
  package static let contract = Contract(
    name: "auth.getTwoFactorStatus", route: .get("/two-factor"), summary: "Have I a second factor?",
    message: "Your second factor.", access: .signedIn, limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .security), cache: .never)

  package struct Output: Record {
    package let isEnabled: Bool
    package let enabledAt: Timestamp?
    package let backupCodesLeft: BackupCodeCount
  }

  package func run(_ call: ReadCall) async throws -> Output {
    let row = try await call.row(FactorQueries.state(of: try call.person), else: "person")
    let since: Timestamp? = try row.decode("confirmed_at")
    return Output(
      isEnabled: since != nil, enabledAt: since,
      backupCodesLeft: BackupCodeCount(unchecked: try row.decode("backup_codes_left")))
  }
}

/// How many backup codes are left.
package struct BackupCodeCount: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 0...10 }
}
