package import Core

/// The life of a subscription as a table of legal moves.
enum SubscriptionLife {
  enum State: String, CaseIterable, Sendable {
    case pending, active, cancelled, expired
  }

  static let moves: [State: Set<State>] = [
    .pending: [.active, .cancelled], .active: [.cancelled, .expired],
    // Paid anew: a further subscription follows, this one stays as it ended.
    .cancelled: [], .expired: [],
  ]

  static func may(_ from: State, become to: State) -> Bool { moves[from]?.contains(to) ?? false }

  /// The states from which one may come to this one, for a statement's condition.
  static func before(_ to: State) -> [String] {
    State.allCases.filter { may($0, become: to) }.map(\.rawValue)
  }
}

package enum SubscriptionEntity {}
package typealias SubscriptionID = Identifier<SubscriptionEntity>
