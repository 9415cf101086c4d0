import Core
import Synchronization

/// Who is connected to this node by socket or stream (row 149); other nodes know their own.
package final class Connections: Sendable {
  package let streams = StreamCount()
  private let hub = Mutex<SocketHub?>(nil)

  package init() {}

  /// The hub is made after the operations that ask for it.
  package func connect(_ hub: SocketHub) { self.hub.withLock { $0 = hub } }

  /// Those of people and screens who speak for this hospital, as the rows that a statement takes.
  func rows(of hospital: HospitalID) async -> JSONValue {
    let sockets = await hub.withLock { $0 }?.list() ?? []
    let found =
      sockets.filter { $0.hospitalId == hospital.text }.map(\.row)
      + streams.list().filter { $0.hospital == hospital }.map(\.row)
    return .array(found)
  }
}

extension SocketInfo {
  fileprivate var row: JSONValue {
    [
      "id": .string("socket-\(id.number)"), "transport": .string(transport.rawValue),
      "connected_at": .string(connectedAt.rfc3339), "address": .string(address), "user_agent": .string(userAgent),
      "user_id": userId.map { .string($0) } ?? .null,
    ]
  }
}

extension StreamInfo {
  fileprivate var row: JSONValue {
    [
      "id": .string("stream-\(number)"), "transport": "stream", "connected_at": .string(connectedAt.rfc3339),
      "address": .string(address), "user_agent": .string(userAgent), "user_id": .string(person),
    ]
  }
}
