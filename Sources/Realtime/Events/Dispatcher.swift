package import Core
package import Logging
package import Postgres
import Synchronization

/// Brings committed events to the sockets and streams of this node, in the order of their numbers.
///
/// Woken by commits of this node and by NOTIFY of others; looks once a second besides, since a node may die between
/// its commit and its notice.
package final class Dispatcher: Sendable {
  private let log: EventLog
  private let hub: SocketHub
  private let enginePool: PostgresPool
  private let logger: Logger
  private let alarm = Alarm()
  private let dirty = Mutex<Set<HospitalID>>([])

  package init(log: EventLog, hub: SocketHub, enginePool: PostgresPool, logger: Logger) {
    self.log = log
    self.hub = hub
    self.enginePool = enginePool
    self.logger = logger
  }

  /// The hospital has news.
  package func wake(_ hospital: HospitalID) {
    dirty.withLock { _ = $0.insert(hospital) }
    alarm.wake()
  }

  /// Works until the task is cancelled.
  package func run() async {
    var lookAt = ContinuousClock.now
    var hadTrouble = false
    while !Task.isCancelled {
      do {
        if ContinuousClock.now >= lookAt {
          lookAt = ContinuousClock.now + .seconds(1)
          try await look()
        }
        try await dispatch()
        hadTrouble = false
        if dirty.withLock({ $0.isEmpty }) { await alarm.wait(atMost: lookAt - ContinuousClock.now) }
      } catch {
        if !hadTrouble, !Task.isCancelled { logger.error("events cannot be read", metadata: ["error": "\(error)"]) }
        hadTrouble = true
        await alarm.wait(atMost: .milliseconds(250))
      }
    }
  }

  /// Compares the heads in the database with ours.
  private func look() async throws {
    let followed = log.followed
    guard !followed.isEmpty, let rows = try await enginePool.run([EventQueries.heads(of: followed)]).first else {
      return
    }
    for row in rows {
      let hospital = try row.decode("hospital_id", as: HospitalID.self)
      if try row.decode("last_number", as: Int64.self) > log.head(of: hospital) ?? .max {
        dirty.withLock { _ = $0.insert(hospital) }
      }
    }
  }

  private func dispatch() async throws {
    let hospitals = dirty.withLock { dirty in
      defer { dirty.removeAll() }
      return dirty
    }
    for hospital in hospitals {
      do {
        let events = try await log.news(of: hospital)
        for event in events {
          let offset = EventOffset(hospital: hospital, number: event.number).text
          await hub.hasRoom()
          hub.emit(SocketEvent(name: event.name, payload: event.payload, offset: offset), rooms: event.rooms)
        }
        if events.count == EventLog.batch { dirty.withLock { _ = $0.insert(hospital) } }
      } catch {
        dirty.withLock { $0.formUnion(hospitals) }
        throw error
      }
    }
  }
}

/// An event's place as sockets carry it: hospital and number.
struct EventOffset {
  let hospital: HospitalID
  let number: Int64

  init(hospital: HospitalID, number: Int64) {
    self.hospital = hospital
    self.number = number
  }

  init?(_ text: String) {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let hospital = HospitalID(parts[0]), let number = Int64(parts[1]) else { return nil }
    self.init(hospital: hospital, number: number)
  }

  var text: String { "\(hospital.text):\(number)" }
}
