package import NIOCore
import Synchronization

/// Counters, histograms and gauges of the process, written in Prometheus' text format 0.0.4.
///
/// Labels are words of closed lists (operations, codes), never a person, a patient or a path as it came.
package final class Metrics: Sendable {
  private struct Series: Hashable {
    let name: String
    let labels: String
  }

  private struct Histogram {
    var counts: [UInt64]
    var sum = 0.0
    var total: UInt64 = 0
  }

  private struct State {
    var counters: [Series: Double] = [:]
    var histograms: [Series: Histogram] = [:]
    var gauges: [(name: String, help: String, read: @Sendable () -> Double)] = []
    var tables: [(name: String, help: String, label: String, read: @Sendable () -> [(String, Double)])] = []
    var help: [String: String] = [:]
  }

  /// Upper bounds in seconds.
  private static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
  private static let seriesLimit = 5000
  private let state = Mutex(State())

  package init() {}

  package func describe(_ name: String, _ help: String) { state.withLock { $0.help[name] = help } }

  package func count(_ name: String, _ labels: KeyValuePairs<String, String> = [:], by amount: Double = 1) {
    let series = Series(name: name, labels: Self.text(labels))
    state.withLock { state in
      guard state.counters[series] != nil || state.counters.count < Self.seriesLimit else { return }
      state.counters[series, default: 0] += amount
    }
  }

  package func observe(_ name: String, seconds: Double, _ labels: KeyValuePairs<String, String> = [:]) {
    let series = Series(name: name, labels: Self.text(labels))
    let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
    state.withLock { state in
      guard state.histograms[series] != nil || state.histograms.count < Self.seriesLimit else { return }
      state.histograms[series, default: Histogram(counts: Array(repeating: 0, count: Self.bounds.count + 1))]
        .counts[bucket] += 1
      state.histograms[series]?.sum += seconds
      state.histograms[series]?.total += 1
    }
  }

  /// A number that is read when somebody asks.
  package func gauge(_ name: String, _ help: String, _ read: @escaping @Sendable () -> Double) {
    state.withLock { $0.gauges.append((name, help, read)) }
  }

  /// The same with a number for each word of a closed list.
  package func gauges(
    _ name: String, _ help: String, by label: String, _ read: @escaping @Sendable () -> [(String, Double)]
  ) {
    state.withLock { $0.tables.append((name, help, label, read)) }
  }

  /// The sum of a counter over all its labels.
  package func total(_ name: String) -> Double {
    state.withLock { $0.counters.filter { $0.key.name == name }.values.reduce(0, +) }
  }

  /// One counter's value; 0 for one that was never counted.
  package func value(_ name: String, _ labels: KeyValuePairs<String, String> = [:]) -> Double {
    let series = Series(name: name, labels: Self.text(labels))
    return state.withLock { $0.counters[series] ?? 0 }
  }

  package func write(into buffer: inout ByteBuffer) {
    let state = state.withLock { $0 }
    for gauge in state.gauges {
      buffer.writeString("# HELP \(gauge.name) \(gauge.help)\n# TYPE \(gauge.name) gauge\n")
      buffer.writeString("\(gauge.name) \(Self.number(gauge.read()))\n")
    }
    for table in state.tables {
      buffer.writeString("# HELP \(table.name) \(table.help)\n# TYPE \(table.name) gauge\n")
      for (word, value) in table.read() {
        buffer.writeString("\(table.name){\(Self.text([table.label: word]))} \(Self.number(value))\n")
      }
    }
    for (name, series) in Dictionary(grouping: state.counters, by: \.key.name).sorted(by: { $0.key < $1.key }) {
      buffer.writeString("# HELP \(name) \(state.help[name] ?? name)\n# TYPE \(name) counter\n")
      for (key, value) in series.sorted(by: { $0.key.labels < $1.key.labels }) {
        buffer.writeString("\(name)\(key.labels.isEmpty ? "" : "{\(key.labels)}") \(Self.number(value))\n")
      }
    }
    for (name, series) in Dictionary(grouping: state.histograms, by: \.key.name).sorted(by: { $0.key < $1.key }) {
      buffer.writeString("# HELP \(name) \(state.help[name] ?? name)\n# TYPE \(name) histogram\n")
      for (key, value) in series.sorted(by: { $0.key.labels < $1.key.labels }) {
        Self.write(name, key.labels, value, into: &buffer)
      }
    }
  }

  private static func write(_ name: String, _ labels: String, _ histogram: Histogram, into buffer: inout ByteBuffer) {
    let comma = labels.isEmpty ? "" : ","
    var running: UInt64 = 0
    for (bound, count) in zip(bounds, histogram.counts) {
      running += count
      buffer.writeString("\(name)_bucket{\(labels)\(comma)le=\"\(bound)\"} \(running)\n")
    }
    buffer.writeString("\(name)_bucket{\(labels)\(comma)le=\"+Inf\"} \(histogram.total)\n")
    let braces = labels.isEmpty ? "" : "{\(labels)}"
    buffer.writeString("\(name)_sum\(braces) \(histogram.sum)\n\(name)_count\(braces) \(histogram.total)\n")
  }

  private static func text(_ labels: KeyValuePairs<String, String>) -> String {
    labels.map { "\($0.key)=\"\(escaped($0.value))\"" }.joined(separator: ",")
  }

  private static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x5C || $0 == 0x22 || $0 == 0x0A }) else { return text }
    return text.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
      .split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"")
      .split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
  }
}
