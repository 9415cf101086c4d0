/// The life of one Engine.IO session: which transport carries it, and which moves are legal from there.
package struct TransportLife: Sendable, Equatable {
  package enum State: String, Sendable, CaseIterable {
    case connecting, polling, probing, websocket
    /// Polling only: the last packets wait for one more GET.
    case closing
    case closed
  }

  package enum Move: String, Sendable, CaseIterable {
    case openPolling, openWebSocket, probe, probeFailed, upgrade, drain, close
  }

  /// Every legal move; what is not in here does not happen.
  package static let table: [State: [Move: State]] = [
    .connecting: [.openPolling: .polling, .openWebSocket: .websocket, .close: .closed],
    .polling: [.probe: .probing, .drain: .closing, .close: .closed],
    .probing: [.probeFailed: .polling, .upgrade: .websocket, .drain: .closing, .close: .closed],
    .websocket: [.close: .closed],
    .closing: [.close: .closed],
    .closed: [:],
  ]

  package private(set) var state: State = .connecting

  package init() {}

  /// Makes the move if it is legal; false, and no change, otherwise.
  package mutating func move(_ move: Move) -> Bool {
    guard let next = Self.table[state]?[move] else { return false }
    state = next
    return true
  }

  package var isOpen: Bool { state == .polling || state == .probing || state == .websocket }
  package var usesPolling: Bool { state == .polling || state == .probing || state == .closing }
}
