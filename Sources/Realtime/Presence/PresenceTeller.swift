import Core

/// Tells the other nodes who comes and goes here: at most three times a second, and every few seconds that all is as it was.
package final class PresenceTeller: Sendable {
  private let connections: Connections
  private let board: PresenceBoard

  /// How often a word is said anew, well within its life.
  private static let refresh = Duration.seconds(5)

  package init(connections: Connections, board: PresenceBoard) {
    self.connections = connections
    self.board = board
  }

  /// Until the task is cancelled; then everything is taken back.
  package func run() async {
    var told: [HospitalID: Set<PresenceBoard.Presence>] = [:]
    var refreshed = ContinuousClock.now
    while !Task.isCancelled {
      await connections.changes.wait(atMost: Self.refresh)
      // Those of the next moment travel together.
      do { try await Task.sleep(for: .milliseconds(300)) } catch { break }
      let present = await connections.presences()
      let isDue = ContinuousClock.now - refreshed >= Self.refresh
      if isDue { refreshed = .now }
      var news = present.filter { isDue || told[$0.key] != $0.value }
      for hospital in told.keys where present[hospital] == nil { news[hospital] = [] }
      await board.tell(news.mapValues(Array.init))
      told = present
    }
    await board.tell(told.mapValues { _ in [] })
  }
}

extension Connections {
  /// Who is connected to this node, by the hospital for which he speaks.
  func presences() async -> [HospitalID: Set<PresenceBoard.Presence>] {
    var found: [HospitalID: [String: PresenceBoard.Presence]] = [:]
    func note(_ hospital: HospitalID, _ person: String, _ since: Timestamp) {
      var presence =
        found[hospital]?[person] ?? PresenceBoard.Presence(id: person, since: since, connections: 0)
      presence.since = min(presence.since, since)
      presence.connections += 1
      found[hospital, default: [:]][person] = presence
    }
    for socket in await sockets() {
      guard let person = socket.userId, let hospital = socket.hospitalId.flatMap({ HospitalID($0) }) else { continue }
      note(hospital, person, socket.connectedAt)
    }
    for stream in streams.list() { note(stream.hospital, stream.person, stream.connectedAt) }
    return found.mapValues { Set($0.values) }
  }
}
