import Core
import FoundationEssentials
package import Logging
import NIOCore

/// One JSON object a line on standard error: time, level, message, and the metadata as fields.
package struct JSONLogHandler: LogHandler {
  package var logLevel: Logger.Level
  package var metadata: Logger.Metadata = [:]
  private let label: String

  package init(label: String, level: Logger.Level) {
    self.label = label
    logLevel = level
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var fields: [JSONValue.Member] = [
      .init("time", .string(Self.now.rfc3339)), .init("level", .string(event.level.rawValue)),
      .init("message", .string(event.message.description)), .init("logger", .string(label)),
    ]
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) { fields.append(.init(key, .string("\(value)"))) }
    let line = JSONValue.object(fields).encoded + "\n"
    // One write a line, so that lines of several threads do not mix.
    try? FileHandleWriter.standardError.write(line)
  }

  private static var now: Timestamp {
    Timestamp(microseconds: Int64(Date.now.timeIntervalSince1970 * 1_000_000))
  }
}
