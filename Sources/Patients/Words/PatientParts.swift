package import Core
package import Tenancy

/// A drug as it is given.
package struct Medication: RecordPart {
  package let name: NameText
  package let dosage: NameText
  package let frequency: NameText

  package var json: JSONValue {
    ["name": .string(name.text), "dosage": .string(dosage.text), "frequency": .string(frequency.text)]
  }
}

/// Whom to call.
package struct EmergencyContact: RecordPart {
  package let name: NameText
  package let relationship: NameText
  package let phone: PhoneNumber

  package var json: JSONValue {
    ["name": .string(name.text), "relationship": .string(relationship.text), "phone": .string(phone.text)]
  }
}

/// What everybody at the bed must know; what is not given stays as it is.
package struct PatientFlags: Decodable, Sendable {
  package let dnr: Bool?
  package let fallRisk: Bool?
  package let allergyAlert: Bool?
}

/// 1 to 100 patients, each once.
package struct PatientBatch: Primitive {
  package let ids: [PatientID]

  package static var schema: JSONSchema {
    guard case .object(let members) = JSONSchema.array(PatientID.schema, maximum: 100).json else { return .anything }
    return JSONSchema(.object(members + [.init("minItems", 1), .init("uniqueItems", true)]))
  }
  package static var example: PatientBatch { PatientBatch(ids: [PatientID.example]) }
  package var json: JSONValue { .array(ids.map(\.json)) }

  private init(ids: [PatientID]) { self.ids = ids }

  package init(json: JSONValue) throws(InvalidValue) {
    let ids = try [PatientID](json: json)
    guard (1...100).contains(ids.count) else { throw InvalidValue("must have 1 to 100 items", rule: "maxItems") }
    guard Set(ids).count == ids.count else { throw InvalidValue("must not name a patient twice", rule: "uniqueItems") }
    self.ids = ids
  }
}
