package import Core
package import Tenancy

/// What somebody asks for.
package struct BookingRequest: Sendable {
  package var patient: PatientID
  /// The person; his resource is made when it is first needed.
  package var doctor: UserID
  package var service: String
  package var start: Timestamp
  /// Nil: the service's own way.
  package var medium: AppointmentMedium?
  package var priority = AppointmentPriority.normal
  /// Nil: as long as the service lasts.
  package var minutes: Int?
  package var location: LocationID?
  /// Rooms and devices besides the doctor.
  package var resources: [ResourceID] = []
  /// The place is held for so long and then given back, unless somebody confirms it; nil books at once.
  package var holdSeconds: Int?
  /// The same where it has a price: until it is paid. Nil books at once, to be paid at the desk.
  package var unpaidSeconds: Int?
  /// To stand above what is taken; only who may override can give one.
  package var overrideReason: String?
  package var series: SeriesID?
  package var course: CourseID?
  /// The answers to what the service asks.
  package var details = ServiceDetails()

  package init(patient: PatientID, doctor: UserID, service: String, start: Timestamp) {
    self.patient = patient
    self.doctor = doctor
    self.service = service
    self.start = start
  }
}

/// What a booking made or found.
package struct Booking: Sendable {
  package let appointment: Appointment
  /// False where the same was booked before: the same patient, doctor, service and time.
  package let isNew: Bool
}

/// What would be taken, from when until when: the appointment and the time that the service needs after it.
package struct TakenTime: Sendable {
  package let start: Timestamp
  package let end: Timestamp
  package let bufferMinutes: Int

  package var until: Timestamp { end.adding(seconds: Int64(bufferMinutes) * 60) }
}

/// A request that was checked against its service: what will be written if nothing stands in its way.
package struct BookingPlan: Sendable {
  package let id: AppointmentID
  package let hospital: HospitalID
  package let request: BookingRequest
  package let service: Service
  package let medium: AppointmentMedium
  package let time: TakenTime
  package let content: AppointmentContent

  package var minutes: Int { Int((time.end.microseconds - time.start.microseconds) / 60_000_000) }
  package var isOverride: Bool { request.overrideReason != nil }
  /// More than one thing is taken in this transaction, so its rows are locked in the order of their ids first.
  package var takesSeveral: Bool {
    !request.resources.isEmpty || request.series != nil || request.course != nil
  }
}
