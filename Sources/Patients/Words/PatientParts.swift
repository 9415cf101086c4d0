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
