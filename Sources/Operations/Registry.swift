package import Core
package import NIOCore

/// One registered operation with its types erased: what REST, tRPC and OpenAPI are encoders of.
package struct RegisteredOperation: Sendable {
  package let contract: Contract
  package let input: JSONSchema
  package let output: JSONSchema
  /// The output as it is without a choice of fields.
  package let wholeOutput: JSONSchema
  package let itemName: String?
  /// A list of which the caller is given a page.
  package let isPaged: Bool
  package let redirectsBrowsers: Bool
  let perform: @Sendable (Executor, Invocation) async throws -> any Answer

  init<O: Operation>(
    _ type: O.Type, perform: @escaping @Sendable (Executor, Invocation) async throws -> any Answer
  ) {
    contract = O.contract
    input = InputDecoder.schema(of: O.self, closed: true)
    let names = Set(input.properties.map(\.name))
    wholeOutput = O.Output.schema
    output = names.contains("fields") ? O.Output.narrowedSchema : wholeOutput
    itemName = O.Output.itemName
    redirectsBrowsers = O.Output.redirectsBrowsers
    isPaged = O.Output.isList && names.contains("limit")
    self.perform = perform
  }
}

/// Everything that a client can do, once.
package struct Registry: Sendable {
  package private(set) var operations: [RegisteredOperation] = []
  package private(set) var subscriptions: [RegisteredSubscription] = []
  private var byName: [String: Int] = [:]

  package init() {}

  package mutating func register<O: ReadOperation>(_ type: O.Type) {
    add(
      RegisteredOperation(type) { executor, invocation in
        try await executor.read(try InputDecoder.decode(type, from: invocation.input), invocation)
      })
  }

  package mutating func register<O: ServedOperation>(_ type: O.Type, with service: O.Service) {
    add(
      RegisteredOperation(type) { executor, invocation in
        let operation = try InputDecoder.decode(type, from: invocation.input)
        return try await operation.run(executor.readCall(invocation), service)
      })
  }

  package mutating func register<O: WriteOperation>(_ type: O.Type) {
    add(
      RegisteredOperation(type) { executor, invocation in
        let operation = try InputDecoder.decode(type, from: invocation.input)
        return try await executor.write(invocation) { call in try await operation.run(&call) }
      })
  }

  package mutating func register<O: PreparedOperation>(_ type: O.Type) {
    add(
      RegisteredOperation(type) { executor, invocation in
        let operation = try InputDecoder.decode(type, from: invocation.input)
        let prepared = try await operation.prepare(executor.preparation(invocation))
        return try await executor.write(invocation) { call in try await operation.run(&call, prepared) }
      })
  }

  package mutating func register<O: PreparedServedOperation>(_ type: O.Type, with service: O.Service) {
    add(
      RegisteredOperation(type) { executor, invocation in
        let operation = try InputDecoder.decode(type, from: invocation.input)
        let prepared = try await operation.prepare(executor.preparation(invocation), service)
        return try await executor.write(invocation) { call in try await operation.run(&call, prepared) }
      })
  }

  package mutating func register<O: JoinedOperation>(_ type: O.Type, with partner: O.Partner) {
    add(
      RegisteredOperation(type) { executor, invocation in
        let operation = try InputDecoder.decode(type, from: invocation.input)
        return try await executor.write(invocation) { call in try await operation.run(&call, partner) }
      })
  }

  package mutating func register<S: Subscription>(_ type: S.Type) {
    for name in [S.contract.name] + S.contract.aliases {
      precondition(byName[name] == nil && subscription(named: name) == nil, "two operations are called \(name)")
    }
    subscriptions.append(RegisteredSubscription(type))
  }

  package func subscription(named name: String) -> RegisteredSubscription? {
    subscriptions.first { $0.contract.name == name || $0.contract.aliases.contains(name) }
  }

  /// The operation of this name or alias.
  package func named(_ name: String) -> RegisteredOperation? { byName[name].map { operations[$0] } }

  private mutating func add(_ operation: RegisteredOperation) {
    let names = [operation.contract.name] + operation.contract.aliases
    for name in names {
      precondition(byName[name] == nil, "two operations are called \(name)")
      byName[name] = operations.count
    }
    operations.append(operation)
  }
}

/// One call on its way: who, from where, with what.
package struct Invocation: Sendable {
  package let input: JSONValue
  package let caller: Caller?
  package let origin: RequestOrigin
  package let now: Timestamp
  package let contract: Contract
  package let idempotencyKey: String?
}

/// An answer that was given before and is given again.
package struct Replayed: Answer {
  let bytes: ByteBuffer
  package static var schema: JSONSchema { .anything }
  package func write(into buffer: inout ByteBuffer) { buffer.writeImmutableBuffer(bytes) }
}
