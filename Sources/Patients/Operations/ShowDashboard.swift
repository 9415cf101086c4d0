import Core
package import Operations
package import Postgres

/// The numbers of the hospital's patients, counted when they are asked for.
package struct ShowPatientDashboard: ReadOperation {
  package static let contract = Contract(
    name: "patient.getDashboard", route: .get("/patient-dashboard"), summary: "Count the hospital's patients",
    message: "The numbers.", access: .permission(.viewPatients), limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .patient), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<PatientDashboardKind> {
    let hospital = try call.hospital
    return try Document(
      try await call.row(PatientQueries.dashboard(of: hospital.id, timeZone: hospital.timeZone), else: "hospital"))
  }
}

/// Days are those of the hospital's time zone; critical are patients whose last reading of a day was out of limits.
package enum PatientDashboardKind: Shaped {
  package static let shape = RowShape([
    .init("active", "n.active", .integer), .init("discharged", "n.discharged", .integer),
    .init("admittedToday", "n.admitted_today", .integer), .init("dischargedToday", "n.discharged_today", .integer),
    .init("dnr", "n.dnr", .integer), .init("fallRisk", "n.fall_risk", .integer),
    .init("allergyAlert", "n.allergy_alert", .integer), .init("withoutDoctor", "n.without_doctor", .integer),
    .init("critical", "n.critical", .integer),
    .init(
      "byDepartment", "n.by_department", .json,
      schema: .array(
        .object([
          .init("departmentId", JSONSchema.string(format: "uuid").nullable), .init("active", .integer(0...Int64.max)),
        ]))),
  ])
}
