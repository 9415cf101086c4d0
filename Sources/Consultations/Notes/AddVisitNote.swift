package import Core
package import Operations
import Postgres

/// Notes what happened at a visit; only its doctor, once the patient is there.
package struct AddVisitNote: WriteOperation {
  package let appointmentId: AppointmentID
  package let text: ClinicalNote
  package let diagnosis: ShortText?

  package static let contract = Contract(
    name: "appointments.addNote", route: .post("/appointments/{appointmentId}/notes", status: 201),
    summary: "Note what happened at a visit", message: "It is noted.", access: .permission(.conductVisits),
    limit: .standard, mode: .write, audit: .row(action: "visit_note_added", category: .patient), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<VisitNoteKind> {
    let visit = try await call.openVisit(appointmentId)
    try visit.mustBe(of: try call.person)
    return try await call.write(
      VisitNoteContent(text: text, diagnosis: diagnosis, reason: nil), to: visit, amending: nil)
  }
}

/// Corrects a note by another one beside it, with the reason; what was written first stays as it was.
package struct AmendVisitNote: WriteOperation {
  package let appointmentId: AppointmentID
  let noteId: VisitNoteID
  package let text: ClinicalNote
  package let diagnosis: ShortText?
  package let reason: ShortText

  package static let contract = Contract(
    name: "appointments.amendNote",
    route: .post("/appointments/{appointmentId}/notes/{noteId}/amendments", status: 201),
    summary: "Amend a note of a visit", message: "The note is amended.", access: .permission(.conductVisits),
    limit: .standard, mode: .write, audit: .row(action: "visit_note_amended", category: .patient), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Document<VisitNoteKind> {
    let visit = try await call.openVisit(appointmentId)
    let found = try await call.transaction.query(
      VisitQueries.note(noteId, of: appointmentId, in: try call.hospital.id))
    guard !found.isEmpty else { throw Failure.notFound("note") }
    try visit.mustBe(of: try call.person)
    return try await call.write(
      VisitNoteContent(text: text, diagnosis: diagnosis, reason: reason), to: visit, amending: noteId)
  }
}

extension WriteCall {
  fileprivate mutating func write(
    _ content: VisitNoteContent, to visit: Visit, amending note: VisitNoteID?
  ) async throws -> Document<VisitNoteKind> {
    try visit.mustBe(
      ["checked_in", "in_progress", "completed"], "A visit is noted once the patient is there.")
    let hospital = try hospital.id
    let id = VisitNoteID.new(at: now)
    let rows = try await transaction.query(
      VisitQueries.insert(
        id, to: visit, amending: note, in: hospital, by: try person,
        content: try content.sealed(for: id, in: hospital, secrets)))
    guard let row = rows.first else { throw Failure.internalFault }
    audit.resource("visit_note", id)
    return Document(json: try VisitNote(row, self).json())
  }
}
