package import Core
import Operations
package import Postgres

/// The words for one message in one language on the wire.
package enum MessageTemplateKind: Shaped {
  package static let shape = RowShape([
    .init("name", "t.name", .string), .init("language", "t.language", .string),
    .init("subject", "t.subject", .string), .init("body", "t.body", .string),
    .init("html", "t.html", .string, nullable: true),
    // The hospital's own, and not Ward's.
    .init("isOwn", "t.is_own", .boolean),
    .init("values", "t.names", .json, schema: .array(.string())),
    .init("updatedAt", "t.updated_at", .timestamp, nullable: true),
  ])
}

/// The statements of a hospital's own words.
package enum WordQueries {
  /// In every language; a hospital has a handful.
  package static func texts(_ name: String, in hospital: HospitalID) -> SQL {
    """
    SELECT t.name, t.language, t.subject, t.body, t.html FROM notification_templates t
    WHERE t.hospital_id = \(hospital) AND t.name = \(name) LIMIT 100
    """
  }

  /// Ward's words, each with the hospital's in its place, and what the hospital says in further languages.
  static func all(in hospital: HospitalID) -> ShortList {
    let texts = MessageTemplate.all.flatMap { template in
      template.texts.sorted { $0.key < $1.key }.map { (template.name, $0.key, $0.value) }
    }
    let names = MessageTemplate.all.map { template in
      JSONB(text: JSONValue.array(template.names.sorted().map { .string($0) }).encoded)
    }
    return ShortList(
      """
      (
        SELECT COALESCE(o.name, w.name) AS name, COALESCE(o.language, w.language) AS language,
          COALESCE(o.subject, w.subject) AS subject, COALESCE(o.body, w.body) AS body, o.html,
          o.name IS NOT NULL AS is_own, o.updated_at, m.names
        FROM unnest(\(texts.map(\.0))::text[], \(texts.map(\.1))::text[], \(texts.map(\.2.subject))::text[],
          \(texts.map(\.2.body))::text[]) AS w (name, language, subject, body)
        FULL JOIN (SELECT * FROM notification_templates WHERE hospital_id = \(hospital)) AS o
          ON o.name = w.name AND o.language = w.language
        JOIN unnest(\(MessageTemplate.all.map(\.name))::text[], \(names)::jsonb[]) AS m (name, names)
          ON m.name = COALESCE(o.name, w.name)
      ) AS t WHERE true
      """, order: [.init("t.name", "text"), .init("t.language", "text")])
  }

  static func put(
    _ text: TemplateText, named name: String, language: String, values: [String], in hospital: HospitalID,
    by user: UserID
  ) -> SQL {
    """
    WITH put AS (
      INSERT INTO notification_templates AS t (hospital_id, name, language, subject, body, html, updated_by)
      VALUES (\(hospital), \(name), \(language), \(text.subject), \(text.body), \(text.html), \(user))
      ON CONFLICT (hospital_id, name, language) DO UPDATE SET subject = excluded.subject, body = excluded.body,
        html = excluded.html, updated_by = excluded.updated_by, updated_at = ward.now(), version = t.version + 1
      RETURNING *)
    SELECT \(sql: MessageTemplateKind.shape.sqlColumns)
    FROM (SELECT put.*, true AS is_own, to_jsonb(\(values)::text[]) AS names FROM put) AS t
    """
  }

  static func delete(_ name: String, language: String, in hospital: HospitalID) -> SQL {
    """
    DELETE FROM notification_templates WHERE hospital_id = \(hospital) AND name = \(name) AND language = \(language)
    RETURNING name
    """
  }
}
