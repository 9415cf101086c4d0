import Core
import Operations
import Postgres
import Synchronization
import Tenancy

/// The clocks of a hospital and of its locations over a period.
struct HospitalClocks: Sendable {
  private let zones: [LocationID?: ZoneOffsets]
  private let names: [LocationID?: String]

  /// What a zone's clocks show is asked for where that is not known yet.
  init(
    _ names: [LocationID?: String], from: Timestamp, to: Timestamp, ask: (SQL) async throws -> Rows
  ) async throws {
    let known = try await KnownZones.shared.offsets(of: Set(names.values), from: from, to: to, ask: ask)
    zones = names.mapValues { known[$0] ?? ZoneOffsets([]) }
    self.names = names
  }

  /// `places` are those of ``AvailabilityQueries/places(in:)``.
  init(_ places: Rows, from: Timestamp, to: Timestamp, ask: (SQL) async throws -> Rows) async throws {
    try await self.init(Self.names(places), from: from, to: to, ask: ask)
  }

  static func names(_ places: Rows) throws -> [LocationID?: String] {
    var names: [LocationID?: String] = [:]
    for row in places { names[try row.decode("location_id", as: LocationID?.self)] = try row.decode("name") }
    return names
  }

  /// Of a place without a zone of its own, and of nobody's place, the hospital's.
  func zone(_ location: LocationID?) -> ZoneOffsets { zones[location] ?? zones[nil] ?? ZoneOffsets([]) }

  func name(_ location: LocationID?) -> String { names[location] ?? names[nil] ?? "UTC" }
}

/// What the clocks of each zone show over some years, as PostgreSQL says it: the same for everybody, so that it is asked
/// once an hour and not for each booking. A process has one database; new rules of a zone are seen within the hour.
private final class KnownZones: Sendable {
  private struct Known {
    let from: Timestamp
    let to: Timestamp
    let offsets: ZoneOffsets
    let until: ContinuousClock.Instant
  }

  static let shared = KnownZones()
  private static let secondsBefore: Int64 = 100 * 86_400
  private static let secondsAfter: Int64 = 800 * 86_400
  private let known = Mutex<[String: Known]>([:])

  func offsets(
    of names: Set<String>, from: Timestamp, to: Timestamp, ask: (SQL) async throws -> Rows
  ) async throws -> [String: ZoneOffsets] {
    let now = ContinuousClock.now
    var offsets = known.withLock { known in
      var found: [String: ZoneOffsets] = [:]
      for name in names {
        guard let each = known[name], each.from <= from, each.to >= to, each.until > now else { continue }
        found[name] = each.offsets
      }
      return found
    }
    let missing = names.subtracting(offsets.keys)
    guard !missing.isEmpty else { return offsets }
    let (first, last) = (from.adding(seconds: -Self.secondsBefore), to.adding(seconds: Self.secondsAfter))
    var spans: [String: [ZoneOffsets.Span]] = [:]
    for row in try await ask(AvailabilityQueries.offsets(of: missing.sorted(), from: first, to: last)) {
      spans[try row.decode("name"), default: []].append(
        .init(from: try row.decode("starts_at"), seconds: try row.decode("seconds")))
    }
    for (name, spans) in spans {
      let asked = ZoneOffsets(spans)
      offsets[name] = asked
      known.withLock { $0[name] = Known(from: first, to: last, offsets: asked, until: now + .seconds(3600)) }
    }
    return offsets
  }
}
