package import Core
package import Operations
import Postgres
import Secrets

/// From now on this device gets the caller's push messages; a device that was another's is his no more.
package struct RegisterToken: WriteOperation {
  package let token: PushToken
  package let platform: PushPlatform?

  private static let most = 20

  package static let contract = Contract(
    name: "notification.registerToken", route: .post("/push-tokens", status: 201),
    summary: "Send my push messages to this device", message: "The device is registered.", access: .person,
    limit: .standard, mode: .write, audit: .row(action: "push_token_added", category: .identity), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<PushTokenKind> {
    let (hospital, person) = (try call.hospital.id, try call.person)
    let prints = call.secrets.fingerprints(of: token.text, for: .pushToken)
    guard let print = prints.first else { throw Failure.internalFault }
    let results = try await call.transaction.queries([
      PushQueries.forgetOthers(prints),
      PushQueries.find(prints, of: person, in: hospital),
    ])
    if let row = results.last?.first {
      call.audit.resource("push_token", try row.decode("id", as: PushTokenID.self))
      return try Document(row)
    }
    let id = PushTokenID.new(at: call.now)
    let sealed = try call.secrets.seal(token.text, for: .pushToken, place: PushQueries.place(of: id))
    let rows = try await call.transaction.query(
      PushQueries.insert(
        id, print, sealed: sealed, platform: (platform ?? .other).rawValue, of: person, in: hospital, most: Self.most))
    guard let row = rows.first else {
      throw Failure(.conflict, "You have \(Self.most) devices. Remove one first.")
    }
    call.audit.resource("push_token", id)
    return try Document(row)
  }
}

/// Lists the caller's devices, the newest first.
package struct ListTokens: ReadOperation {
  package let paging: Paging<PushTokenKind>

  package static let contract = Contract(
    name: "notification.listTokens", route: .get("/push-tokens"), summary: "List my devices",
    message: "Your devices.", access: .person, limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .identity), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: ReadCall) async throws -> Documents<PushTokenKind> {
    try await call.documents(
      PushQueries.list(of: try call.person, in: try call.hospital.id), paging, named: "push tokens")
  }
}

/// No push messages to this device any more.
package struct UnregisterToken: WriteOperation {
  package let tokenId: PushTokenID

  package static let contract = Contract(
    name: "notification.unregisterToken", route: .delete("/push-tokens/{tokenId}"), summary: "Remove a device",
    message: "The device is removed.", access: .person, limit: .standard, mode: .write,
    audit: .row(action: "push_token_removed", category: .identity), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Done {
    let rows = try await call.transaction.query(
      PushQueries.delete(tokenId, of: try call.person, in: try call.hospital.id))
    guard !rows.isEmpty else { throw Failure.notFound("device") }
    call.audit.resource("push_token", tokenId)
    return Done()
  }
}

/// A device's name at Expo: `ExponentPushToken[…]`.
package struct PushToken: TextPrimitive, CustomStringConvertible {
  package let text: String
  package init(unchecked text: String) { self.text = text }
  package static var lengths: ClosedRange<Int> { 10...200 }
  package static var sample: String { "ExponentPushToken[xxxxxxxxxxxxxxxxxxxxxx]" }
  package static var pattern: String? { "^Expo(nent)?PushToken\\[[A-Za-z0-9_-]+\\]$" }
  package var description: String { "•••" }

  package static func normalise(_ text: String) throws(InvalidValue) -> String {
    let inner = text.split(separator: "[", maxSplits: 1, omittingEmptySubsequences: false)
    let isName = { (byte: UInt8) in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
        || byte == 0x2D
    }
    guard inner.count == 2, ["ExponentPushToken", "ExpoPushToken"].contains(inner[0]), inner[1].hasSuffix("]"),
      inner[1].utf8.count > 1, inner[1].dropLast().utf8.allSatisfy(isName)
    else { throw InvalidValue("must be a token such as ExponentPushToken[…]", rule: "pattern") }
    return text
  }
}

package enum PushPlatform: String, ChoicePrimitive { case ios, android, web, other }
