package import FoundationEssentials

/// A UUID that knows of what it is the name, so that an alert's id cannot be passed for a hospital's.
package struct Identifier<Entity>: Primitive, Hashable, RawRepresentable {
  package let rawValue: UUID

  package init(rawValue: UUID) { self.rawValue = rawValue }

  package static var schema: JSONSchema { .string(format: "uuid") }
  package static var example: Self { Self(rawValue: UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))) }
  package var json: JSONValue { .string(text) }
  /// Lower case, as RFC 9562 writes it.
  package var text: String { rawValue.uuidString.lowercased() }

  package init(json: JSONValue) throws(InvalidValue) {
    guard case .string(let text) = json else { throw InvalidValue("must be a string, not \(json.kind)", rule: "type") }
    guard let id = Self(text) else { throw InvalidValue("must be a UUID", rule: "format") }
    self = id
  }

  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == 36, let uuid = UUID(uuidString: String(text)) else { return nil }
    self.rawValue = uuid
  }

  /// A new id of version 7 (RFC 9562): milliseconds of the time, then random bits.
  package static func new(at time: Timestamp) -> Self {
    let milliseconds = UInt64(max(0, time.microseconds / 1000))
    let high = UInt64.random(in: .min ... .max)
    let low = UInt64.random(in: .min ... .max)
    func byte(_ value: UInt64, _ shift: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: value >> shift) }
    let uuid = UUID(
      uuid: (
        byte(milliseconds, 40), byte(milliseconds, 32), byte(milliseconds, 24), byte(milliseconds, 16),
        byte(milliseconds, 8), byte(milliseconds, 0), 0x70 | byte(high, 8) & 0x0F, byte(high, 0),
        0x80 | byte(low, 56) & 0x3F, byte(low, 48), byte(low, 40), byte(low, 32), byte(low, 24), byte(low, 16),
        byte(low, 8), byte(low, 0)
      ))
    return Self(rawValue: uuid)
  }
}

package enum OrganizationEntity {}
package enum HospitalEntity {}
package enum DepartmentEntity {}
package enum UserEntity {}
package enum SessionEntity {}
package enum ScreenEntity {}
package enum PatientEntity {}
package enum AlertEntity {}
package enum EventEntity {}
package enum NotificationEntity {}
package enum AnyEntity {}
package enum JobEntity {}
package enum DeliveryEntity {}
package enum ReminderEntity {}
package enum AppointmentEntity {}
package enum ResourceEntity {}
package enum SeriesEntity {}
package enum CourseEntity {}

package typealias OrganizationID = Identifier<OrganizationEntity>
package typealias HospitalID = Identifier<HospitalEntity>
package typealias DepartmentID = Identifier<DepartmentEntity>
package typealias UserID = Identifier<UserEntity>
package typealias SessionID = Identifier<SessionEntity>
package typealias ScreenID = Identifier<ScreenEntity>
package typealias PatientID = Identifier<PatientEntity>
package typealias AlertID = Identifier<AlertEntity>
package typealias EventID = Identifier<EventEntity>
package typealias NotificationID = Identifier<NotificationEntity>
package typealias JobID = Identifier<JobEntity>
package typealias DeliveryID = Identifier<DeliveryEntity>
package typealias ReminderID = Identifier<ReminderEntity>
package typealias AppointmentID = Identifier<AppointmentEntity>
package typealias ResourceID = Identifier<ResourceEntity>
package typealias SeriesID = Identifier<SeriesEntity>
package typealias CourseID = Identifier<CourseEntity>
