/// Latencies in microseconds; all are kept, so that percentiles are exact.
struct Figures {
  private var values: [UInt32] = []

  mutating func add(nanoseconds: Int64) { values.append(UInt32(clamping: nanoseconds / 1000)) }
  var count: Int { values.count }

  /// As members of a JSON object, in milliseconds.
  func json(_ name: String) -> String {
    let sorted = values.sorted()
    func at(_ share: Double) -> Double {
      sorted.isEmpty ? 0 : Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]) / 1000
    }
    return "\"\(name)\":{\"count\":\(sorted.count),\"p50\":\(at(0.5)),\"p99\":\(at(0.99)),\"max\":\(at(1))}"
  }
}
