package import Core
package import Operations
import Postgres

/// Lists the hospital's patients, those who came last first; by POST, as everything that asks for patients.
package struct ListPatients: WriteOperation {
  package let paging: Paging<PatientSummaryKind>
  package let departmentId: DepartmentID?
  package let doctorId: UserID?
  package let status: StatusChoice?
  package let flags: PatientFlags?
  /// These alone, discharged ones too: what a list of appointments needs to name those who come.
  package let patientIds: PatientBatch?

  package static let contract = Contract(
    name: "patient.getPatientsList", aliases: ["patient.list"], route: .post("/patients/list"),
    summary: "List patients", message: "The patients.", access: .permission(.viewPatients),
    limit: RateLimit("patient.list", max: 300, windowSeconds: 60), mode: .read,
    audit: .reads(action: "patients_listed"), cache: .never)

  private enum Key: String, CodingKey { case departmentId, doctorId, status, flags, patientIds }

  package init(from decoder: any Decoder) throws {
    paging = try Paging(from: decoder)
    let input = try decoder.container(keyedBy: Key.self)
    departmentId = try input.decodeIfPresent(DepartmentID.self, forKey: .departmentId)
    doctorId = try input.decodeIfPresent(UserID.self, forKey: .doctorId)
    status = try input.decodeIfPresent(StatusChoice.self, forKey: .status)
    flags = try input.decodeIfPresent(PatientFlags.self, forKey: .flags)
    patientIds = try input.decodeIfPresent(PatientBatch.self, forKey: .patientIds)
  }

  package func run(_ call: inout WriteCall) async throws -> PatientPage {
    let filter = PatientFilter(
      department: departmentId, member: doctorId, status: status ?? (patientIds == nil ? .active : .all), flags: flags,
      ids: patientIds?.ids)
    return try await PatientList.page(of: filter, paging, &call)
  }
}

/// The patients in whose care team the caller is.
package struct ListMyPatients: WriteOperation {
  package let paging: Paging<PatientSummaryKind>

  package static let contract = Contract(
    name: "patient.getMyPatients", aliases: ["healthcare.getMyPatients"], route: .get("/my-patients"),
    summary: "List the patients in whose care team one is", message: "Your patients.",
    access: .permission(.viewPatients), limit: RateLimit("patient.mine", max: 300, windowSeconds: 60), mode: .read,
    audit: .reads(action: "patients_listed"), cache: .never)

  package init(from decoder: any Decoder) throws { paging = try Paging(from: decoder) }

  package func run(_ call: inout WriteCall) async throws -> PatientPage {
    let filter = PatientFilter(department: nil, member: try call.person, status: .active, flags: nil)
    return try await PatientList.page(of: filter, paging, &call)
  }
}

/// Which patients a list shows.
package enum StatusChoice: String, ChoicePrimitive { case active, discharged, all }

struct PatientFilter {
  let department: DepartmentID?
  /// In whose care team.
  let member: UserID?
  let status: StatusChoice
  let flags: PatientFlags?
  var ids: [PatientID]?

  /// What a cursor of the list is bound to.
  var text: String {
    let flags = [flags?.dnr, flags?.fallRisk, flags?.allergyAlert].map { $0.map { $0 ? "y" : "n" } ?? "-" }
    let chosen = ids.map { " " + $0.map(\.text).sorted().joined(separator: ",") } ?? ""
    return "\(department?.text ?? "") \(member?.text ?? "") \(status.rawValue) \(flags.joined())\(chosen)"
  }

  /// ` AND …` on `patients p`.
  func conditions(in hospital: HospitalID) -> SQL {
    var sql: SQL = ""
    if status != .all { sql = sql + " AND p.status = \(status.rawValue)" }
    if let ids { sql = sql + " AND p.id = ANY (\(ids.map(\.rawValue))::uuid[])" }
    if let department { sql = sql + " AND p.department_id = \(department)" }
    if let member { sql = sql + " AND " + CareTeamQueries.holds(member, in: hospital) }
    if let dnr = flags?.dnr { sql = sql + (dnr ? " AND p.is_dnr" : " AND NOT p.is_dnr") }
    if let fall = flags?.fallRisk { sql = sql + (fall ? " AND p.is_fall_risk" : " AND NOT p.is_fall_risk") }
    if let allergy = flags?.allergyAlert {
      sql = sql + (allergy ? " AND p.has_allergy_alert" : " AND NOT p.has_allergy_alert")
    }
    return sql
  }
}
