package import Core
import Operations
package import Postgres

package enum PushTokenEntity {}
package typealias PushTokenID = Identifier<PushTokenEntity>

/// The statements of devices that get push messages.
package enum PushQueries {
  /// Where a device's token is sealed to.
  package static func place(of id: PushTokenID) -> String { "push_tokens.token \(id.text)" }

  /// The newest first.
  static func tokens(of people: [UserID], in hospital: HospitalID) -> SQL {
    """
    SELECT id, user_id, token FROM push_tokens
    WHERE hospital_id = \(hospital) AND user_id = ANY (\(people.map(\.rawValue))::uuid[]) ORDER BY id DESC
    """
  }

  /// A device belongs to whoever signed in on it last, the transaction's person: in every hospital.
  static func forgetOthers(_ prints: [[UInt8]]) -> SQL { "SELECT take_device(\(prints)::bytea[])" }

  static func find(_ prints: [[UInt8]], of person: UserID, in hospital: HospitalID) -> SQL {
    """
    SELECT \(sql: PushTokenKind.shape.sqlColumns) FROM push_tokens t
    WHERE t.hospital_id = \(hospital) AND t.print = ANY (\(prints)::bytea[]) AND t.user_id = \(person)
    """
  }

  /// No row when the person has as many as anybody may have.
  static func insert(
    _ id: PushTokenID, _ print: [UInt8], sealed: [UInt8], platform: String, of person: UserID, in hospital: HospitalID,
    most: Int
  ) -> SQL {
    """
    INSERT INTO push_tokens AS t (hospital_id, id, user_id, print, token, platform)
    SELECT \(hospital), \(id), \(person), \(print), \(sealed), \(platform)
    WHERE (SELECT count(*) FROM push_tokens WHERE hospital_id = \(hospital) AND user_id = \(person)) < \(most)
    ON CONFLICT (hospital_id, print) DO NOTHING RETURNING \(sql: PushTokenKind.shape.sqlColumns)
    """
  }

  static func list(of person: UserID, in hospital: HospitalID) -> ShortList {
    ShortList(
      "push_tokens t WHERE t.hospital_id = \(hospital) AND t.user_id = \(person)", order: [.init("t.id", "uuid")],
      isFalling: true)
  }

  static func delete(_ id: PushTokenID, of person: UserID, in hospital: HospitalID) -> SQL {
    "DELETE FROM push_tokens WHERE hospital_id = \(hospital) AND id = \(id) AND user_id = \(person) RETURNING id"
  }

  static func forget(_ ids: [PushTokenID], in hospital: HospitalID) -> SQL {
    "DELETE FROM push_tokens WHERE hospital_id = \(hospital) AND id = ANY (\(ids.map(\.rawValue))::uuid[]) RETURNING id"
  }

  // Tickets

  static func keep(
    _ tickets: [(id: String, device: PushTokenID)], of delivery: DeliveryID, dueAt: Timestamp, in hospital: HospitalID
  ) -> SQL {
    """
    INSERT INTO push_tickets (hospital_id, ticket, delivery_id, token_id, due_at)
    SELECT \(hospital), t.id, \(delivery), t.device, \(dueAt)
    FROM unnest(\(tickets.map(\.id))::text[], \(tickets.map(\.device.rawValue))::uuid[]) AS t (id, device)
    ON CONFLICT DO NOTHING
    """
  }

  /// What is a day old nobody answers any more; and of a delivery that is settled nothing is needed.
  static func forgetTickets(in hospital: HospitalID) -> SQL {
    """
    DELETE FROM push_tickets t WHERE t.hospital_id = \(hospital) AND (t.taken_at < ward.now() - interval '1 day'
      OR NOT EXISTS (SELECT 1 FROM push_tickets w WHERE w.hospital_id = t.hospital_id
        AND w.delivery_id = t.delivery_id AND w.outcome = 'waiting'))
    """
  }

  static func waiting(after ticket: String, most: Int, in hospital: HospitalID) -> SQL {
    """
    SELECT t.ticket FROM push_tickets t WHERE t.hospital_id = \(hospital) AND t.outcome = 'waiting'
      AND t.due_at <= ward.now() AND t.ticket > \(ticket) ORDER BY t.ticket LIMIT \(most)
    """
  }

  static func isWaiting(in hospital: HospitalID) -> SQL {
    """
    SELECT 1 FROM push_tickets t WHERE t.hospital_id = \(hospital) AND t.outcome = 'waiting'
      AND t.due_at <= ward.now() LIMIT 1
    """
  }

  /// Each once.
  static func settle(_ tickets: [String], as outcome: String, in hospital: HospitalID) -> SQL {
    """
    UPDATE push_tickets SET outcome = \(outcome)
    WHERE hospital_id = \(hospital) AND ticket = ANY (\(tickets)::text[]) AND outcome = 'waiting'
    RETURNING delivery_id, token_id
    """
  }

  /// Whether a device of this delivery may still have its message.
  static func hopes(for delivery: DeliveryID, in hospital: HospitalID) -> SQL {
    """
    SELECT 1 FROM push_tickets WHERE hospital_id = \(hospital) AND delivery_id = \(delivery) AND outcome <> 'failed'
    LIMIT 1
    """
  }
}

/// A device as its owner sees it.
package enum PushTokenKind: Shaped {
  package static let shape = RowShape([
    .init("id", "t.id", .uuid), .init("platform", "t.platform", .string),
    .init("createdAt", "t.created_at", .timestamp),
  ])
}
