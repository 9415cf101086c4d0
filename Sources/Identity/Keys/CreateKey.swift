package import Core
import NIOCore
package import Operations
import Postgres
import Secrets

/// Makes a key with which a program calls in the caller's name, in this hospital: with the named ones of his rights,
/// for 90 days unless told otherwise, a year at most. Asks for the password; shows the key once.
package struct CreateKey: PreparedOperation {
  package let name: NameText
  package let scopes: KeyScopes
  package let expiresInDays: KeyDays?
  package let password: PasswordText

  private static let most = 50

  package static let contract = Contract(
    name: "apiKeys.create", route: .post("/api-keys", status: 201), summary: "Make a key for a program",
    message: "Keep the key: it is not shown again.", access: .person,
    limit: RateLimit("apiKeys.create", max: 10, windowSeconds: 60), mode: .write,
    audit: .row(action: "api_key_created", category: .security), cache: .never, answersWithSecret: true)

  package struct Output: Record {
    package let id: Identifier<AnyEntity>
    package let name: NameText
    package let prefix: TokenText
    package let key: TokenText
    package let expiresAt: Timestamp
  }

  package func prepare(_ call: Preparation) async throws {
    try await OwnPassword.check(password, call)
  }

  package func run(_ call: inout WriteCall, _ prepared: Void) async throws -> Output {
    let hospital = try call.hospital.id
    let user = try call.person
    let held = call.caller?.permissions ?? []
    if let more = scopes.list.first(where: { !held.contains($0) }) {
      throw Failure.invalid("scopes", "must be rights of your own; \(more.rawValue) is none", rule: "held")
    }
    let token = KeyToken.new()
    guard let hash = token.hashes(call.secrets).first else { throw Failure.internalFault }
    let id = Identifier<AnyEntity>.new(at: call.now)
    let results = try await call.transaction.queries([
      KeyQueries.line(of: user),
      KeyQueries.insert(
        id, token, hash, name: name.text, scopes: scopes.list, days: expiresInDays?.value ?? 90, of: user,
        in: hospital, most: Self.most),
    ])
    guard let row = results.last?.first else {
      throw Failure(.conflict, "You have \(Self.most) keys. Take one back first.")
    }
    call.audit.resource("api_key", id)
    call.audit.details["scopes"] = .array(scopes.list.map { .string($0.rawValue) })
    return Output(
      id: id, name: name, prefix: TokenText(unchecked: token.prefix), key: TokenText(unchecked: token.text),
      expiresAt: try row.decode("expires_at"))
  }
}

/// What a key may do: 1 to 100 permissions, each once.
package struct KeyScopes: Primitive {
  let list: [Permission]

  package static var schema: JSONSchema {
    let word = JSONSchema.choice(Permission.allCases.map(\.rawValue))
    guard case .object(let members) = JSONSchema.array(word, maximum: 100).json else { return .anything }
    return JSONSchema(.object(members + [.init("minItems", 1), .init("uniqueItems", true)]))
  }
  package static var example: KeyScopes { KeyScopes(list: [.viewAlerts]) }
  package var json: JSONValue { .array(list.map { .string($0.rawValue) }) }

  private init(list: [Permission]) { self.list = list }

  package init(json: JSONValue) throws(InvalidValue) {
    guard case .array(let items) = json else {
      throw InvalidValue("must be an array, not \(json.kind)", rule: "type")
    }
    guard (1...100).contains(items.count) else { throw InvalidValue("must have 1 to 100 items", rule: "maxItems") }
    var list: [Permission] = []
    for item in items {
      guard let permission = item.text.flatMap(Permission.init) else {
        throw InvalidValue("must name permissions only", rule: "enum")
      }
      guard !list.contains(permission) else {
        throw InvalidValue("must not name a permission twice", rule: "uniqueItems")
      }
      list.append(permission)
    }
    self.list = list
  }
}

/// After how many days a key is over: 1 to 366.
package struct KeyDays: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...366 }
}
