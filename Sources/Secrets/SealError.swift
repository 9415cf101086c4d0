/// Sealed bytes that do not open, and what they were for; says no more, since the reason would help only who altered them.
package enum SealError: Error, Sendable, Equatable, CustomStringConvertible {
  case unreadable(KeyRing.Purpose)
  /// Sealed by a key that is not on the ring: a setting is missing.
  case unknownKey(KeyRing.Purpose)

  /// One sentence for the log and the command line; names no key.
  package var description: String {
    switch self {
    case .unreadable(let purpose): "A sealed \(purpose.thing) cannot be read: its bytes were altered or moved."
    case .unknownKey(let purpose):
      "A sealed \(purpose.thing) cannot be read: the key that sealed it is not on the ring. Name that key in "
        + "WARD_SECRET_KEYS_EARLIER and start again."
    }
  }
}
