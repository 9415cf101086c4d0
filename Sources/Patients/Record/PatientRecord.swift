package import Core
package import Secrets

/// What is nobody's business: a patient's sealed document as JSON, under the names that the API uses.
package struct PatientRecord: Sendable, Equatable {
  /// The fields of the document; what is not among them is a column, or is not kept.
  package enum Field: String, CaseIterable, Sendable {
    case mrn, name, dateOfBirth, gender, bloodType, nationalId, phone, email, address, primaryDiagnosis
    case secondaryDiagnoses, allergies, medications, emergencyContact, notes, dischargeNotes, dischargeDiagnosis
  }

  private var values: [Field: JSONValue]

  package init(_ values: [Field: JSONValue] = [:]) { self.values = values }

  package subscript(field: Field) -> JSONValue? {
    get { values[field] }
    set { values[field] = newValue == .null ? nil : newValue }
  }

  /// Takes over what is given; nil leaves a field as it is.
  package mutating func set(_ field: Field, _ value: JSONValue?) {
    if let value { self[field] = value }
  }

  var name: String { self[.name]?.text ?? "" }
  var mrn: String { self[.mrn]?.text ?? "" }

  private var json: JSONValue {
    .object(Field.allCases.compactMap { field in values[field].map { .init(field.rawValue, $0) } })
  }

  /// The bytes that are stored; they open for this patient of this hospital alone.
  package func sealed(
    for patient: PatientID, in hospital: HospitalID, with secrets: KeyRing
  ) throws(SealError) -> [UInt8] {
    try secrets.seal(json.encoded, for: .patientRecord, place: Self.place(patient, hospital))
  }

  package init(
    opening sealed: [UInt8], of patient: PatientID, in hospital: HospitalID, with secrets: KeyRing
  ) throws {
    let bytes = try secrets.open(sealed, for: .patientRecord, place: Self.place(patient, hospital))
    guard case .object(let members) = try JSONParser.parse(bytes) else { throw SealError.unreadable(.patientRecord) }
    values = [:]
    for member in members {
      if let field = Field(rawValue: member.key) { values[field] = member.value }
    }
  }

  private static func place(_ patient: PatientID, _ hospital: HospitalID) -> String {
    "patients.record \(hospital.text) \(patient.text)"
  }
}
