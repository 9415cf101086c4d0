import Broker
import Core
package import Operations
package import Postgres
import Synchronization

/// Shows what there is at RabbitMQ: each queue's binding, how much waits in it, who listens; and this node's channels.
package struct ShowBroker: ServedOperation {
  package static let contract = Contract(
    name: "system.getBroker", route: .get("/system/broker"),
    summary: "How the broker is: each queue's binding, depth and live consumers, and the channels of this node",
    message: "The broker.", access: .permission(.viewSystem), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .system), cache: .never)

  package func run(_ call: ReadCall, _ desk: BrokerDesk) async throws -> Operations.Document<BrokerKind> {
    guard let client = desk.client else {
      return Operations.Document(json: BrokerKind.document(client: nil, report: nil, trouble: nil))
    }
    do {
      let report = try await client.report()
      return Operations.Document(json: BrokerKind.document(client: client, report: report, trouble: nil))
    } catch {
      return Operations.Document(
        json: BrokerKind.document(client: client, report: nil, trouble: client.history.trouble ?? "\(error)"))
    }
  }
}

/// Where operations find the broker's client, which is made after them.
package final class BrokerDesk: Sendable {
  private let held = Mutex<BrokerClient?>(nil)

  package init() {}

  var client: BrokerClient? { held.withLock { $0 } }
  func connect(_ client: BrokerClient?) { held.withLock { $0 = client } }
}

package enum BrokerKind: Shaped {
  package static let shape = RowShape([
    .init("isConfigured", "NULL", .boolean), .init("isConnected", "NULL", .boolean),
    .init("connections", "NULL", .integer), .init("trouble", "NULL", .string, nullable: true),
    .init("channels", "NULL", .json, schema: channels), .init("queues", "NULL", .json, schema: .array(queue)),
  ])

  private static let whole = JSONSchema.integer(0...Int64.max)
  private static let channels = JSONSchema.object([
    .init("open", whole), .init("publishing", whole), .init("limit", whole),
  ])
  private static let queue = JSONSchema.object([
    .init("name", .string()), .init("exchange", .string()), .init("routingKey", .string()),
    .init("isBound", JSONSchema.boolean.nullable), .init("messages", whole), .init("consumers", whole),
  ])

  static func document(client: BrokerClient?, report: BrokerReport?, trouble: String?) -> JSONValue {
    [
      "isConfigured": .bool(client != nil), "isConnected": .bool(report != nil),
      "connections": .integer(Int64(client?.history.connections ?? 0)),
      "trouble": trouble.map { .string($0) } ?? .null,
      "channels": [
        "open": .integer(Int64(report?.openChannels ?? 0)),
        "publishing": .integer(Int64(report?.publishingChannels ?? 0)),
        "limit": .integer(Int64(BrokerLimits.channels)),
      ], "queues": .array((report?.queues ?? []).map(\.json)),
    ]
  }
}

extension BrokerReport.Queue {
  fileprivate var json: JSONValue {
    [
      "name": .string(name), "exchange": .string(exchange), "routingKey": .string(name),
      "isBound": isBound.map { .bool($0) } ?? .null, "messages": .integer(Int64(messages)),
      "consumers": .integer(Int64(consumers)),
    ]
  }
}
