package import Core
import FoundationEssentials
import Logging
import NIOCore
import Synchronization

/// The log of who called what: one JSON line of category AUTH for each call that is made as somebody or asks for it.
///
/// Ids, an address, an operation and an outcome, and nothing of what was sent. Lines are collected and written together,
/// a fifth of a second later at most, since a write of its own for each call would cost more than many calls do.
package final class AuthLog: Sendable {
  /// What one call leaves; empty where nobody was found to call.
  package struct Entry: Sendable {
    let request: String
    let person: String
    let hospital: String
    let address: String
    let operation: String
    /// `OK`, or the code of the refusal.
    let outcome: String

    package init(
      request: String, person: String, hospital: String, address: String, operation: String, outcome: String
    ) {
      self.request = request
      self.person = person
      self.hospital = hospital
      self.address = address
      self.operation = operation
      self.outcome = outcome
    }
  }

  private struct State {
    var waiting = ByteBuffer()
    var isScheduled = false
  }

  private let writer: FileHandleWriter
  private let state = Mutex(State())

  /// More than this is written at once by whoever adds the last line.
  private static let fullBytes = 64 << 10
  private static let pause = Duration.milliseconds(200)

  package init() { writer = .standardError }

  package func add(_ entry: Entry, at time: Timestamp) {
    let isFirst = state.withLock { state in
      Self.write(entry, time, into: &state.waiting)
      if state.waiting.readableBytes >= Self.fullBytes { flush(&state) }
      guard !state.isScheduled, state.waiting.readableBytes > 0 else { return false }
      state.isScheduled = true
      return true
    }
    guard isFirst else { return }
    Task {
      // Given up only when the process ends, which writes what is left.
      try? await Task.sleep(for: Self.pause)
      self.state.withLock { state in
        state.isScheduled = false
        self.flush(&state)
      }
    }
  }

  /// Writes what waits; at the end of the process.
  package func close() { state.withLock { flush(&$0) } }

  private func flush(_ state: inout State) {
    guard state.waiting.readableBytes > 0 else { return }
    // Where the log cannot be written there is no place to say so.
    try? writer.write(String(buffer: state.waiting))
    state.waiting.clear()
  }

  private static func write(_ entry: Entry, _ time: Timestamp, into buffer: inout ByteBuffer) {
    buffer.writeStaticString("{\"time\":\"")
    buffer.writeString(time.rfc3339)
    buffer.writeStaticString("\",\"level\":\"info\",\"message\":\"call\",\"logger\":\"ward\",\"category\":\"AUTH\"")
    for (name, text) in [
      ("address", entry.address), ("hospitalId", entry.hospital), ("operation", entry.operation),
      ("outcome", entry.outcome), ("request", entry.request), ("userId", entry.person),
    ] {
      buffer.writeStaticString(",\"")
      buffer.writeString(name)
      buffer.writeStaticString("\":")
      buffer.writeJSONString(text)
    }
    buffer.writeStaticString("}\n")
  }
}
