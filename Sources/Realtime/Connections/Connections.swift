package import Core
import Synchronization

/// Who is connected to this node by socket or stream (row 149), and what other nodes say of theirs (row 150).
package final class Connections: Sendable {
  package let streams: StreamCount
  /// Rings when somebody comes or goes.
  package let changes = Alarm()
  private let hub = Mutex<SocketHub?>(nil)
  private let board = Mutex<PresenceBoard?>(nil)

  package init() { streams = StreamCount(changes: changes) }

  /// The hub is made after the operations that ask for it.
  package func connect(_ hub: SocketHub, board: PresenceBoard) {
    self.hub.withLock { $0 = hub }
    self.board.withLock { $0 = board }
  }

  func sockets() async -> [SocketInfo] { await hub.withLock { $0 }?.list() ?? [] }

  func presenceInRedis(of hospital: HospitalID) async -> JSONValue {
    await board.withLock { $0 }?.inRedis(of: hospital) ?? []
  }

  /// Those of people and screens who speak for this hospital, as the rows that a statement takes.
  func rows(of hospital: HospitalID) async -> JSONValue {
    let sockets = await sockets()
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
