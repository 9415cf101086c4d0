package import Core
import NIOCore
package import Operations
import Synchronization

/// Something that Ward says about itself, which needs no database: it has no number and is not replayed.
package struct Announcement: Sendable {
  package let name: String
  let rooms: [String]
  let payload: ByteBuffer
  /// It holds until the next one: whoever comes later is told, too.
  let isStanding: Bool

  package init(_ name: String, to rooms: [Room], payload: JSONValue, isStanding: Bool) {
    self.name = name
    self.rooms = rooms.map(\.name)
    self.payload = ByteBuffer(string: payload.encoded)
    self.isStanding = isStanding
  }
}

/// The last announcement of this process and how many there were.
final class Announcements: Sendable {
  private let state = Mutex<(count: Int, last: Announcement?)>((0, nil))

  func add(_ announcement: Announcement) {
    state.withLock { $0 = ($0.count + 1, announcement) }
  }

  /// What somebody who has heard `heard` of them is told now; nil heard is one who has just come.
  func news(after heard: inout Int?) -> Announcement? {
    let (count, last) = state.withLock { $0 }
    defer { heard = count }
    guard let heard else { return last?.isStanding == true ? last : nil }
    return heard < count ? last : nil
  }
}

extension SocketHub {
  package func emit(_ announcement: Announcement) {
    emit(SocketEvent(name: announcement.name, payload: announcement.payload), rooms: announcement.rooms)
  }

  /// Returns when every event loop has done what was asked of it before.
  package func pulse() async {
    for shard in shards { await shard.submit { _ in } }
  }
}
