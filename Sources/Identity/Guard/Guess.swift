import Core
import Crypto
import Operations
import Postgres

/// What guesses are counted by: so many wrong ones in a window lock it.
struct GuessLane: Sendable {
  /// A hash that names nobody.
  let key: String
  let limit: Int
  let windowSeconds: Int

  init(_ words: String..., limit: Int, windowSeconds: Int = 86_400) {
    key = Base64URL.encode(SHA256.hash(data: Array(words.joined(separator: "\u{0}").utf8)))
    self.limit = limit
    self.windowSeconds = windowSeconds
  }

  /// A mailbox as strangers use it.
  static func account(_ email: EmailAddress) -> GuessLane { GuessLane("account", email.text, limit: 5) }

  /// One of its owner's devices.
  static func device(_ hash: [UInt8], of email: EmailAddress) -> GuessLane {
    GuessLane("device", email.text, Base64URL.encode(hash), limit: 5)
  }

  static func secondFactor(_ user: UserID) -> GuessLane { GuessLane("second factor", user.text, limit: 5) }
}

/// How a guess ended. The first lane is the guesser's aim: it is cleared by `passed`.
enum GuessResult: String, Sendable {
  case passed, failed
  /// Neither right nor wrong, as when a second factor is still to come.
  case undecided
}

/// One guess that was counted, in the database, before it is looked at: of any number that come at once, at any number
/// of nodes, no more are looked at than the limit leaves.
struct Guess: Sendable {
  private let lanes: [GuessLane]
  private let person: EmailAddress?

  /// A right guess behind others that are still being looked at waits for them, at most this long.
  private static let patience = Duration.seconds(3)
  private static let pause = Duration.milliseconds(40)

  /// Five wrong passwords lock a mailbox for strangers; a device on which its owner has signed in before counts by
  /// itself, so that nobody locks a colleague out. Two hundred in a quarter of an hour lock a network address.
  static func password(of email: EmailAddress, _ call: Preparation) async throws -> Guess {
    if let device = call.origin.cookies[.device].flatMap(DeviceToken.init) {
      let rows = try await call.rows(GuessQueries.device(device.hash, of: email))
      if try rows.first?.decode("is_own", as: Bool.self) == true {
        return try await Guess(lanes: [.device(device.hash, of: email)], person: email).begun(call)
      }
    }
    let lanes = [
      .account(email),
      GuessLane("address", call.origin.address, limit: 200, windowSeconds: 900),
    ]
    return try await Guess(lanes: lanes, person: email).begun(call)
  }

  /// Five wrong codes lock a person's second factor.
  static func secondFactor(of user: UserID, _ call: Preparation) async throws -> Guess {
    try await Guess(lanes: [.secondFactor(user)], person: nil).begun(call)
  }

  /// Runs the look at the guess; what fails for another reason than the guess counts for nothing.
  func ending<T: Sendable>(
    _ call: Preparation, _ look: () async throws -> (GuessResult, Result<T, Failure>)
  ) async throws -> T {
    let result: GuessResult
    let value: Result<T, Failure>
    do { (result, value) = try await look() } catch {
      try await end(.undecided, call)
      throw error
    }
    try await end(result, call)
    return try value.get()
  }

  private func end(_ result: GuessResult, _ call: Preparation) async throws {
    _ = try await call.rows(GuessQueries.end(lanes, result, person: person))
  }

  private func begun(_ call: Preparation) async throws -> Guess {
    let deadline = ContinuousClock.now + Self.patience
    while true {
      guard let row = try await call.rows(GuessQueries.begin(lanes)).first else { throw Failure.internalFault }
      switch try row.decode("outcome", as: String.self) {
      case "go": return self
      case "locked":
        let end = try row.decode("locked_until", as: Timestamp?.self)
        throw Self.locked(seconds: end?.seconds(since: call.now) ?? 1)
      default:
        guard ContinuousClock.now < deadline else { throw Self.locked(seconds: 1) }
        try await Task.sleep(for: Self.pause)
      }
    }
  }

  /// The same for people who exist and for such who do not.
  private static func locked(seconds: Double) -> Failure {
    Failure(
      .tooManyRequests, "There were too many wrong tries. Try again later.", details: ["limit": "guesses"],
      retryAfterSeconds: max(1, Int(min(seconds, 86_400)) + 1))
  }
}
