import Core
import FoundationEssentials
import Operations
import Postgres

/// What every change of an alert does in the end: note the audit row's resource and tell who hears the alert.
struct AlertChange {
  let row: Row
  let id: AlertID
  let hospital: HospitalID
  /// Where the alert was before, if it moved: that board shows it, too.
  var formerDepartment: DepartmentID??

  func tell(_ call: inout WriteCall) throws -> Document<AlertKind> {
    call.audit.resource("alert", id)
    let document = try Document<AlertKind>(row)
    call.emit(Event("alert:updated", to: try rooms(), payload: document.bytes))
    return document
  }

  /// The boards that show it, who raised it, and everybody who was paged for it: a page ends where it rang.
  func rooms() throws -> [Room] {
    var rooms = Room.hearing(alertOf: try row.decode("departmentId"), in: hospital)
    if let formerDepartment { rooms += Room.hearing(alertOf: formerDepartment, in: hospital) }
    var people = try row.decode("paged", as: [UUID]?.self)?.map { UserID(rawValue: $0) } ?? []
    if let creator = try row.decode("createdBy", as: UserID?.self) { people.append(creator) }
    if let responder = try row.decode("acknowledgedBy", as: UserID?.self) { people.append(responder) }
    return rooms + Set(people).sorted { $0.text < $1.text }.map(Room.user)
  }

  /// Why a move changed nothing: no such alert, or its status does not allow it; says who was first.
  static func refusal(of move: AlertLife.Move, _ id: AlertID, _ call: WriteCall) async throws -> Failure {
    let found = try await call.transaction.query(AlertQueries.find(id, in: try call.hospital.id, boundTo: nil))
    guard let row = found.first else { return .notFound("alert") }
    let status = try row.decode("status", as: String.self)
    let name = try row.decode("acknowledgedByName", as: String?.self)
    var details: [String: JSONValue] = [
      "status": .string(status), "version": .integer(try row.decode("version", as: Int64.self)),
    ]
    for key in ["acknowledgedBy", "acknowledgedByName", "acknowledgedAt"] {
      details[key] = try row.decode(key, as: String?.self).map { .string($0) } ?? .null
    }
    if let time = try row.decode("acknowledgedAt", as: Timestamp?.self) { details["acknowledgedAt"] = time.json }
    var failure = refusal(of: move, status: status, acknowledgedBy: name)
    failure.details = details
    return failure
  }

  static func refusal(of move: AlertLife.Move, status: String, acknowledgedBy name: String?) -> Failure {
    if move == .acknowledge, let name, status == AlertLife.Status.acknowledged.rawValue {
      return Failure(.conflict, "\(name) has acknowledged this alert already.")
    }
    return Failure(.conflict, "The alert is \(status); it cannot be \(move.pastTense) now.")
  }
}

extension AlertLife.Move {
  fileprivate var pastTense: String {
    switch self {
    case .acknowledge: "acknowledged"
    case .resolve: "resolved"
    case .cancel: "cancelled"
    case .expire: "expired"
    case .reactivate: "reactivated"
    case .climb: "escalated"
    case .edit: "edited"
    case .takeOver: "taken over"
    case .resolveEarly: "resolved"
    case .transfer: "handed on"
    case .callAgain: "called again"
    case .close: "resolved"
    }
  }
}
