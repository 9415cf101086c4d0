import Core
import Crypto
import Jobs
import Notifications

/// What a service is asked to take from somebody.
package struct PaymentOrder: Sendable {
  let payment: PaymentID
  let hospital: HospitalID
  let amount: Money
}

/// How a payment stands at the service.
enum ProviderOutcome: Sendable, Equatable {
  case paid(Money)
  /// A word of ours.
  case declined(String)
  /// Somebody or something else has to go on; the service will tell, or is asked.
  case waiting
}

/// What a service told by itself, signed.
struct ProviderNews: Sendable, Equatable {
  let hospital: HospitalID
  let payment: PaymentID
  let reference: String
  let outcome: ProviderOutcome
}

/// What a call from outside turns out to be.
enum ProviderCall: Sendable, Equatable {
  case wronglySigned
  /// Signed, and about nothing that concerns a payment of ours.
  case nothing
  case news(ProviderNews)
}

/// A payment service. Nothing here is called while a transaction is open; each call may be made twice with the same end.
package struct PaymentProvider: Sendable {
  let name: String
  /// Opens the payment there before any money moves; the service's name for it.
  let open: @Sendable (PaymentOrder, _ method: String?) async throws -> String
  let charge: @Sendable (_ reference: String, PaymentOrder) async throws -> ProviderOutcome
  let look: @Sendable (_ reference: String, PaymentOrder) async throws -> ProviderOutcome
  /// Ends a payment with which nobody goes on, so that no money comes of it later; how it stands then.
  let giveUp: @Sendable (_ reference: String, PaymentOrder) async throws -> ProviderOutcome
  /// Of a payment that the service has paid out to us.
  let refund: @Sendable (_ reference: String, PaymentOrder) async throws -> Void
  let news: @Sendable (_ header: (String) -> String?, _ body: [UInt8], Timestamp) -> ProviderCall
  /// Whether whoever paid brought what only the service can have made.
  let isProven: @Sendable (_ reference: String, _ payment: String, _ signature: String) -> Bool
}

extension PaymentProvider {
  /// Why the service did not answer as it should: tried again, but for what will not change.
  static func trouble(_ answer: OutsideCalls.Answer) -> JobTrouble {
    switch answer.status {
    case 401, 403: JobTrouble("payment_service_refused_credentials")
    case 429: JobTrouble("payment_service_busy")
    case 500...: JobTrouble("payment_service_failed")
    default: JobTrouble("payment_service_answer_unknown")
    }
  }

  static func isSigned(_ hex: String, _ text: [UInt8], secret: String) -> Bool {
    guard !secret.isEmpty, let code = Hex.decode(hex) else { return false }
    return HMAC<SHA256>.isValidAuthenticationCode(
      code, authenticating: text, using: SymmetricKey(data: Array(secret.utf8)))
  }
}
