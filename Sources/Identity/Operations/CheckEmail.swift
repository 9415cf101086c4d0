package import Core
package import Operations
import Postgres

/// Says whether an address is taken, as sign-up would. Ten a minute and address of the network, so it lists nobody.
package struct CheckEmail: WriteOperation {
  package let email: EmailAddress

  package static let contract = Contract(
    name: "auth.checkEmail", aliases: ["auth.checkEmailExists"], route: .post("/auth/email-check"),
    summary: "Whether an e-mail address is taken", message: "Checked.", access: .everyone,
    limit: RateLimit("auth.checkEmail", max: 10, windowSeconds: 60), mode: .write,
    audit: .refusalsOnly(category: .security), cache: .never)

  package struct Output: Record {
    package let exists: Bool
    package let isAvailable: Bool
  }

  package func run(_ call: inout WriteCall) async throws -> Output {
    let rows = try await call.transaction.query(IdentityQueries.isTaken(email))
    guard let taken = try rows.first?.decode("taken", as: Bool.self) else { throw Failure.internalFault }
    return Output(exists: taken, isAvailable: !taken)
  }
}
