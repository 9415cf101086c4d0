package import Core

/// How often one person may call one operation: `max` calls in a window that begins with the first of them.
package struct RateLimit: Sendable {
  package let name: String
  package let max: Int
  package let windowSeconds: Int
  /// Which limit counts for this input; the input is not validated yet.
  package let choose: (@Sendable (JSONValue) -> RateLimit)?
  /// What else than the person counts apart, such as the e-mail address of a sign-in.
  package let apart: (@Sendable (JSONValue) -> String)?

  package init(
    _ name: String, max: Int, windowSeconds: Int, choose: (@Sendable (JSONValue) -> RateLimit)? = nil,
    apart: (@Sendable (JSONValue) -> String)? = nil
  ) {
    self.name = name
    self.max = max
    self.windowSeconds = windowSeconds
    self.choose = choose
    self.apart = apart
  }

  /// 100 a minute: what counts where an operation has no reason for another.
  package static let standard = RateLimit("default", max: 100, windowSeconds: 60)
  /// Against floods from one address, before anybody is known. Who is known counts by himself, since a whole hospital
  /// may share an address.
  package static let address = RateLimit("address", max: 6000, windowSeconds: 60)
  package static let anonymous = RateLimit("anonymous", max: 600, windowSeconds: 60)
  /// Everything that one person calls from one address.
  package static let caller = RateLimit("caller", max: 3000, windowSeconds: 60)
  /// Sockets and streams that one person opens.
  package static let connections = RateLimit("connections", max: 600, windowSeconds: 60)

  /// Few enough that each call is counted on all nodes before it is let through; the others settle a moment later.
  var isStrict: Bool { max <= 30 }
}
