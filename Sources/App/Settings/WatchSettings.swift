import Configuration

/// Whether Ward watches itself, and how often.
package struct WatchSettings: Sendable {
  package var isOn = true
  /// Twice that without success is a trouble to be told.
  package var intervalSeconds = 30.0

  init() {}

  init(_ config: ConfigReader, _ problems: inout [String]) {
    if let word = config.string(forKey: "watch") {
      if !["on", "off"].contains(word) { problems.append("WARD_WATCH must be on or off.") }
      isOn = word != "off"
    }
    guard let text = config.string(forKey: "watch.seconds") else { return }
    guard let seconds = Int(text), (1...300).contains(seconds) else {
      problems.append("WARD_WATCH_SECONDS must be a whole number from 1 to 300.")
      return
    }
    intervalSeconds = Double(seconds)
  }
}
