package import Core
import FoundationEssentials
package import Operations
import Postgres

/// The alert with which Ward watches itself: raised and answered as any other, in a hospital without people that stands
/// in no list (migration "self-watch"). It leaves no audit row and pages nobody.
package struct Canary: Sendable {
  package static let hospital = HospitalID(rawValue: hidden)
  /// `ward.watch_hospital()`; the hidden organisation and person carry it, too.
  private static let hidden = UUID(uuid: (0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0x0A, 0x1E, 0x27))
  private static let person = Responder(id: UserID(rawValue: hidden), name: "Ward")
  /// Nobody would end one that was not answered.
  private static let lastsSeconds: Int64 = 300
  private let executor: Executor

  package init(executor: Executor) { self.executor = executor }

  package func raise() async throws -> AlertID {
    try await executor.system(in: Self.hospital) { call in
      let ladder = Ladder.standard(for: Urgency(unchecked: 1))
      let alert = NewAlert(
        id: AlertID.new(at: call.now), hospital: Self.hospital, department: nil, patient: nil, room: "0",
        type: "equipment", title: "Self-watch", description: nil, urgency: Urgency(unchecked: 1), ladder: ladder,
        tier: 1, nextEscalationAt: nil, createdBy: Self.person.id, createdByName: Self.person.name,
        createdAt: call.now, expiresAt: call.now.adding(seconds: Self.lastsSeconds), quorum: nil,
        quorumRepageSeconds: 60, repeatOf: nil)
      _ = try await AlertBirth(alert: alert, climb: .none, reachable: Reachable()).write(&call)
      return alert.id
    }
  }

  /// Answers it and ends it; false when it is not there to be answered.
  package func acknowledge(_ id: AlertID) async throws -> Bool {
    try await executor.system(in: Self.hospital) { call in
      let response = try Response(
        action: nil, minutes: nil, delegate: nil, assessment: nil, notes: nil, by: Self.person.id)
      let taken = try await call.transaction.query(
        ResponderQueries.acknowledge(id, in: Self.hospital, by: Self.person, response))
      guard let row = taken.first else { return false }
      call.transaction.queue(
        ResponderQueries.insertAcknowledgment(
          of: id, in: Self.hospital, by: Self.person, response, seconds: 0, at: try row.decode("acknowledgedAt")))
      let ended = try await call.transaction.query(
        AlertQueries.resolve(id, in: Self.hospital, by: Self.person.id, resolution: "Well."))
      guard let last = ended.first else { return false }
      call.transaction.queue(EscalationQueries.clearTimers(TimerKind.allCases, for: id, in: Self.hospital))
      _ = try AlertChange(row: last, id: id, hospital: Self.hospital).tell(&call)
      return true
    }
  }
}
