import FoundationEssentials
package import Notifications

/// A payment service with all that it needs, written as one URL:
///
/// - `stripe://:SECRET_KEY@api.stripe.com?secret=whsec_…`
/// - `razorpay://KEY_ID:KEY_SECRET@api.razorpay.com?secret=…`
///
/// Spoken over TLS, but with this machine itself.
package struct PaymentSetting: Sendable {
  /// What is wrong with the text; says nothing of what stands in it.
  package struct Mistake: Error, Sendable {
    package let text: String
  }

  private enum Kind { case stripe, razorpay }
  private let kind: Kind
  private let base: String
  private let user: String
  private let key: String
  private let secret: String

  package init(_ text: String) throws(Mistake) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let parts = URLComponents(string: text),
      let scheme = parts.scheme?.lowercased(), let host = parts.host, !host.isEmpty,
      OutsideURL("https" + text.dropFirst(scheme.count)) != nil
    else { throw Mistake(text: "must be a URL such as stripe://:KEY@api.stripe.com?secret=…") }
    switch scheme {
    case "stripe": kind = .stripe
    case "razorpay": kind = .razorpay
    default: throw Mistake(text: "must begin with stripe:// or razorpay://")
    }
    guard let key = parts.password, !key.isEmpty else { throw Mistake(text: "needs a secret key before the @") }
    guard let secret = parts.queryItems?.first(where: { $0.name == "secret" })?.value, !secret.isEmpty else {
      throw Mistake(text: "needs secret=, by which the service signs what it tells")
    }
    user = parts.user ?? ""
    guard kind == .stripe || !user.isEmpty else { throw Mistake(text: "needs a key's id before the @") }
    self.key = key
    self.secret = secret
    let isLocal = ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host)
    base = "\(isLocal ? "http" : "https")://\(host)\(parts.port.map { ":\($0)" } ?? "")"
  }

  package func provider(over calls: OutsideCalls) -> PaymentProvider {
    switch kind {
    case .stripe: Stripe(base: base, key: key, secret: secret, calls: calls).provider
    case .razorpay: Razorpay(base: base, keyID: user, key: key, secret: secret, calls: calls).provider
    }
  }
}
