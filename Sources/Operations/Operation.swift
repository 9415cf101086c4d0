import Core

/// One thing that a client can do: a value whose properties are the input, with a contract and a `run`.
package protocol Operation: Decodable, Sendable {
  associatedtype Output: Answer
  static var contract: Contract { get }
}

/// Reads only; each statement runs in a transaction of its own as the caller's tenant.
package protocol ReadOperation: Operation {
  associatedtype Output
  func run(_ call: ReadCall) async throws -> Output
}

/// Reads what a service of this process knows besides the database; the service is given at registration.
package protocol ServedOperation: Operation {
  associatedtype Output
  associatedtype Service: Sendable
  func run(_ call: ReadCall, _ service: Service) async throws -> Output
}

/// Writes, in the one transaction that the executor opens and closes.
package protocol WriteOperation: Operation {
  associatedtype Output
  func run(_ call: inout WriteCall) async throws -> Output
}

/// Writes after work that must not hold a transaction open: hashing a password, asking an identity provider.
package protocol PreparedOperation: Operation {
  associatedtype Output
  associatedtype Prepared: Sendable
  func prepare(_ call: Preparation) async throws -> Prepared
  func run(_ call: inout WriteCall, _ prepared: Prepared) async throws -> Output
}

/// As ``PreparedOperation``, with a service of this process that is given at registration.
package protocol PreparedServedOperation: Operation {
  associatedtype Output
  associatedtype Prepared: Sendable
  associatedtype Service: Sendable
  func prepare(_ call: Preparation, _ service: Service) async throws -> Prepared
  func run(_ call: inout WriteCall, _ prepared: Prepared) async throws -> Output
}

/// Writes, and lets another module do its part in the same transaction; the part is given at registration.
package protocol JoinedOperation: Operation {
  associatedtype Output
  associatedtype Partner: Sendable
  func run(_ call: inout WriteCall, _ partner: Partner) async throws -> Output
}
