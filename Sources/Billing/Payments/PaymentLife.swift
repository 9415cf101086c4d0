package import Core

/// The life of a payment as a table of legal moves.
package enum PaymentLife {
  package enum State: String, CaseIterable, Sendable {
    case pending, processing, completed, failed, refunded
  }

  static let moves: [State: Set<State>] = [
    // At the desk a payment is complete at once; what was never begun fails with its appointment.
    .pending: [.processing, .completed, .failed],
    .processing: [.completed, .failed],
    // Money that came after all is on record, and paid back.
    .failed: [.completed],
    .completed: [.refunded],
    .refunded: [],
  ]

  static func may(_ from: State, become to: State) -> Bool { moves[from]?.contains(to) ?? false }
}

package enum PaymentEntity {}
package typealias PaymentID = Identifier<PaymentEntity>
