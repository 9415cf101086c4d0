package import Core
import Postgres

/// A rotation: its participants take turns in their order, handing over at a time of the hospital's clock.
///
/// `hours` belongs to `custom` alone. `endDate` ends the layer at that day's handover; `week` keeps it to hours of the
/// week, outside of which the layer has nobody.
package struct OnCallLayer: Decodable, Sendable, Equatable {
  package let participants: [UserID]
  package let rotation: RotationKind
  package let hours: TurnHours?
  package let handover: HandoverTime
  package let startDate: CivilDate
  package let endDate: CivilDate?
  package let week: WeekHours?

  package init(
    participants: [UserID], rotation: RotationKind, hours: TurnHours? = nil, handover: HandoverTime,
    startDate: CivilDate, endDate: CivilDate? = nil, week: WeekHours? = nil
  ) {
    self.participants = participants
    self.rotation = rotation
    self.hours = hours
    self.handover = handover
    self.startDate = startDate
    self.endDate = endDate
    self.week = week
  }

  private enum Key: String, CodingKey { case participants, rotation, hours, handover, startDate, endDate, week }

  package init(from decoder: any Decoder) throws {
    let input = try decoder.container(keyedBy: Key.self)
    participants = try input.decode([UserID].self, forKey: .participants)
    rotation = try input.decode(RotationKind.self, forKey: .rotation)
    hours = try input.decodeIfPresent(TurnHours.self, forKey: .hours)
    handover = try input.decode(HandoverTime.self, forKey: .handover)
    startDate = try input.decode(CivilDate.self, forKey: .startDate)
    endDate = try input.decodeIfPresent(CivilDate.self, forKey: .endDate)
    week = try input.decodeIfPresent(WeekHours.self, forKey: .week)
    guard let notes = decoder as? any InputNoting else { return }
    if participants.isEmpty { notes.note("participants", "must have at least one", rule: "minItems") }
    if (rotation == .custom) != (hours != nil) {
      notes.note("hours", "belongs to a custom rotation, and only to it", rule: "exclusive")
    }
    if let endDate, endDate.day <= startDate.day {
      notes.note("endDate", "must be after startDate", rule: "order")
    }
  }

  package var json: JSONValue {
    [
      "participants": .array(participants.map { .string($0.text) }), "rotation": .string(rotation.rawValue),
      "hours": hours?.json ?? .null, "handover": handover.json, "startDate": startDate.json,
      "endDate": endDate?.json ?? .null, "week": week?.json ?? .null,
    ]
  }
}

/// The layers of a schedule, one to ten: the first that has somebody at a moment counts.
package struct OnCallLayers: Primitive, Equatable {
  package let layers: [OnCallLayer]
  package init(_ layers: [OnCallLayer]) { self.layers = layers }

  private static let limit = 10
  package static var schema: JSONSchema {
    .array(InputDecoder.schema(of: OnCallLayer.self, closed: true), minimum: 1, maximum: limit)
  }
  package static var example: OnCallLayers { OnCallLayers([]) }
  package var json: JSONValue { .array(layers.map(\.json)) }
  var stored: JSONB { JSONB(text: json.encoded) }

  package init(json: JSONValue) throws(InvalidValue) {
    guard let items = json.items else { throw InvalidValue("must be an array, not \(json.kind)", rule: "type") }
    guard !items.isEmpty else { throw InvalidValue("must have at least one layer", rule: "minItems") }
    guard items.count <= Self.limit else {
      throw InvalidValue("must have at most \(Self.limit) layers", rule: "maxItems")
    }
    var layers: [OnCallLayer] = []
    for (index, item) in items.enumerated() {
      do { layers.append(try InputDecoder.decode(OnCallLayer.self, from: item)) } catch {
        let first = error.details["fields"]?.items?.first
        let path = first?["path"]?.text ?? ""
        throw InvalidValue(
          "item \(index + 1) \(path) \(first?["message"]?.text ?? "is not valid")", rule: first?["rule"]?.text ?? "type"
        )
      }
    }
    self.layers = layers
  }

  /// From what the database keeps, which was checked when it came in.
  package init?(stored text: String) {
    guard let json = try? JSONParser.parse(text.utf8), let layers = try? OnCallLayers(json: json) else { return nil }
    self = layers
  }
}
