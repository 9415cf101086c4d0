/// The life of the one Socket.IO namespace inside a session: from nobody to a person and back.
package struct NamespaceLife: Sendable, Equatable {
  package enum State: String, Sendable, CaseIterable {
    /// No CONNECT yet, or disconnected again.
    case idle
    /// CONNECT came with a token that is being looked at.
    case joining
    /// Connected, nobody yet.
    case guest
    /// An `auth` event is being looked at.
    case proving
    /// Connected as a person.
    case member
    /// A person shows a fresh token.
    case renewing
    case closed
  }

  package enum Move: String, Sendable, CaseIterable {
    case connect, admitGuest, auth, accept, refuse, disconnect, close
  }

  package static let table: [State: [Move: State]] = [
    .idle: [.connect: .joining, .close: .closed],
    .joining: [.admitGuest: .guest, .accept: .member, .refuse: .closed, .disconnect: .idle, .close: .closed],
    .guest: [.auth: .proving, .disconnect: .idle, .close: .closed],
    .proving: [.accept: .member, .refuse: .closed, .disconnect: .idle, .close: .closed],
    .member: [.auth: .renewing, .disconnect: .idle, .close: .closed],
    .renewing: [.accept: .member, .refuse: .closed, .disconnect: .idle, .close: .closed],
    .closed: [:],
  ]

  package private(set) var state: State = .idle

  package init() {}

  package mutating func move(_ move: Move) -> Bool {
    guard let next = Self.table[state]?[move] else { return false }
    state = next
    return true
  }

  /// Whether events may flow: the CONNECT has been answered.
  package var isConnected: Bool {
    switch state {
    case .guest, .proving, .member, .renewing: true
    case .idle, .joining, .closed: false
    }
  }
}
