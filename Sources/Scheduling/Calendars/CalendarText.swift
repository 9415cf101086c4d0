package import Core

/// Writes RFC 5545: lines of at most 75 bytes that end in CR LF, texts with their marks escaped. Pure.
package struct CalendarText: Sendable {
  package struct Entry: Sendable {
    package let id: String
    package let start: Timestamp
    package let end: Timestamp
    package let changedAt: Timestamp
    /// Rises with every change, so that a calendar knows which of two is the newer.
    package let sequence: Int64
    package let status: Status
    package let summary: String
    package let location: String?

    package init(
      id: String, start: Timestamp, end: Timestamp, changedAt: Timestamp, sequence: Int64, status: Status,
      summary: String, location: String?
    ) {
      self.id = id
      self.start = start
      self.end = end
      self.changedAt = changedAt
      self.sequence = sequence
      self.status = status
      self.summary = summary
      self.location = location
    }
  }

  package enum Status: String, Sendable {
    case tentative = "TENTATIVE"
    case confirmed = "CONFIRMED"
    case cancelled = "CANCELLED"
  }

  package private(set) var text = ""

  package init(name: String, entries: [Entry]) {
    line("BEGIN:VCALENDAR")
    line("VERSION:2.0")
    line("PRODID:-//Ward//Appointments//EN")
    line("CALSCALE:GREGORIAN")
    line("METHOD:PUBLISH")
    line("X-WR-CALNAME:" + Self.escaped(name))
    line("REFRESH-INTERVAL;VALUE=DURATION:PT15M")
    for entry in entries { add(entry) }
    line("END:VCALENDAR")
  }

  private mutating func add(_ entry: Entry) {
    line("BEGIN:VEVENT")
    line("UID:\(entry.id)@ward")
    line("DTSTAMP:" + Self.utc(entry.changedAt))
    line("LAST-MODIFIED:" + Self.utc(entry.changedAt))
    line("DTSTART:" + Self.utc(entry.start))
    line("DTEND:" + Self.utc(entry.end))
    line("SEQUENCE:\(entry.sequence)")
    line("STATUS:" + entry.status.rawValue)
    line("TRANSP:" + (entry.status == .cancelled ? "TRANSPARENT" : "OPAQUE"))
    line("SUMMARY:" + Self.escaped(entry.summary))
    if let location = entry.location { line("LOCATION:" + Self.escaped(location)) }
    line("END:VEVENT")
  }

  /// Breaks between characters; each further line begins with a space.
  private mutating func line(_ content: String) {
    var room = 75
    for character in content.unicodeScalars {
      let size = String(character).utf8.count
      if size > room {
        text += "\r\n "
        room = 74
      }
      text.unicodeScalars.append(character)
      room -= size
    }
    text += "\r\n"
  }

  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text.unicodeScalars {
      switch character {
      case "\\", ";", ",":
        escaped += "\\"
        escaped.unicodeScalars.append(character)
      case "\n": escaped += "\\n"
      case "\r": break
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }

  /// `20261123T080000Z`.
  static func utc(_ time: Timestamp) -> String {
    String(time.rfc3339.prefix(19).unicodeScalars.filter { $0 != "-" && $0 != ":" }) + "Z"
  }
}
