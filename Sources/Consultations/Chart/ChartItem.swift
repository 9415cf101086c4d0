import Core
import Operations
import Patients
import Postgres
import Secrets

/// One thing of a chart, opened.
struct ChartItem<Kind: ChartKind> {
  let id: ChartItemID
  let patient: PatientID
  let content: JSONValue
  let createdBy: UserID
  let times: (created: Timestamp, updated: Timestamp)
  let version: Int64

  /// From the columns of ``ChartQueries``.
  init(_ row: Row, _ call: WriteCall) throws {
    id = try row.decode("id")
    patient = try row.decode("patient_id")
    let sealed: [UInt8] = try row.decode("content")
    let place = ChartPlace.of(id, in: try call.hospital.id)
    content = try JSONParser.parse(try call.secrets.open(sealed, for: .patientRecord, place: place))
    createdBy = try row.decode("created_by")
    times = (try row.decode("created_at"), try row.decode("updated_at"))
    version = try row.decode("version")
  }

  func json(_ shape: RowShape = Kind.shape) -> JSONValue {
    .object(shape.columns.map { .init($0.name, value($0.name)) })
  }

  private func value(_ name: String) -> JSONValue {
    switch name {
    case "id": .string(id.text)
    case "patientId": .string(patient.text)
    case "createdBy": .string(createdBy.text)
    case "createdAt": times.created.json
    case "updatedAt": times.updated.json
    case "version": .integer(version)
    default: content[name] ?? .null
    }
  }
}

/// To what a thing's content is sealed.
enum ChartPlace {
  static func of(_ id: ChartItemID, in hospital: HospitalID) -> String {
    "chart_items.content \(hospital.text) \(id.text)"
  }
}

extension WriteCall {
  func sealed(_ content: some ChartContent, for id: ChartItemID) throws -> [UInt8] {
    try secrets.seal(content.json.encoded, for: .patientRecord, place: ChartPlace.of(id, in: try hospital.id))
  }

  /// One thing of a patient's chart; the patient is opened, so the look is on record.
  mutating func chartItem<Kind: ChartKind>(
    _ id: ChartItemID, of patient: PatientID, as kind: Kind.Type, locks: Bool = false
  ) async throws -> ChartItem<Kind> {
    let opened = try await openPatient(patient)
    let rows = try await transaction.query(
      ChartQueries.find(id, of: patient, Kind.word, in: opened.hospital, locks: locks))
    guard let row = rows.first else { throw Failure.notFound(Kind.thing.one) }
    audit.resource(Kind.resource, id)
    return try ChartItem(row, self)
  }

  /// A page of what a chart holds of one kind, the newest first.
  func chart<Kind: ChartKind>(
    of patient: Patient, _ paging: Paging<Kind>
  ) async throws -> OpenedPage<Kind> {
    let place = try paging.place(in: "chart \(Kind.word) \(patient.id.text)")
    let after = try place.after.map(Self.chartKey)
    let results = try await transaction.queries([
      ChartQueries.list(
        of: patient.id, Kind.word, in: patient.hospital, after: after, limit: place.limit, skip: place.skip),
      ChartQueries.count(of: patient.id, Kind.word, in: patient.hospital),
    ])
    guard results.count == 2, let counted = results[1].first else { throw Failure.internalFault }
    let items = try results[0].prefix(place.limit).map { try ChartItem<Kind>($0, self).json(paging.shape) }
    let page = try place.page(rows: results[0].count, total: try counted.decode("total")) {
      [try results[0][place.limit - 1].decode("id", as: ChartItemID.self).text]
    }
    return OpenedPage(items, page: page)
  }

  private static func chartKey(_ key: [String]) throws(Failure) -> ChartItemID {
    guard key.count == 1, let id = ChartItemID(key[0]) else { throw PageCursor.foreign }
    return id
  }
}
