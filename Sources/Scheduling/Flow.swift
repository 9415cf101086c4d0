package import Jobs
package import Operations

extension Registry {
  /// One line for each operation of what surrounds an appointment: who waits, where, for what, and who comes again.
  package mutating func registerFlow() {
    register(GetDoctorQueue.self)
    register(ReorderQueue.self)
    register(BringForward.self)
    register(GetQueuePosition.self)
    register(GiveQueueTicket.self)
    register(GetOwnQueueTicket.self)
    register(ListQueueFigures.self)
    register(CreateCheckInCode.self)
    register(GetOwnCheckInCode.self)
    register(CheckInByCode.self)
    register(AddToWaitingList.self)
    register(ListWaiting.self)
    register(GetWaitingFigures.self)
    register(UpdateWaiting.self)
    register(RemoveFromWaitingList.self)
    register(AcceptOffer.self)
    register(DeclineOffer.self)
    register(BookCourse.self)
    register(ListCourses.self)
    register(GetCourse.self)
    register(CancelCourse.self)
    register(PlanFollowUp.self)
    register(ListFollowUpTypes.self)
    register(ListFollowUps.self)
    register(GetFollowUp.self)
    register(BookFollowUp.self)
    register(CompleteFollowUp.self)
    register(CancelFollowUp.self)
    register(BookBundle.self)
    register(GetBundle.self)
    register(CreateBookingLink.self)
    register(ListBookingLinks.self)
    register(RevokeBookingLink.self)
    register(ShowBookingLink.self)
    register(BookByLink.self)
    register(TrackBooking.self)
    register(CancelTrackedBooking.self)
    register(GetTrackedCode.self)
  }
}

/// What it does after a commit, or at a time: one line for each.
package enum FlowJobs {
  package static let handlers: [JobHandler] =
    [WaitingOffers.handler, FollowUps.handler, Bundles.handler] + CourseSessions.handlers
}

/// What happens in a transaction when an appointment takes a step.
enum FlowFollowers {
  static let all: [AppointmentFollowers.Follower] = [
    { try await DayQueues.follow($0, &$1) },
    { try await AppointmentReminders.follow($0, &$1) },
    { try await WaitingOffers.follow($0, &$1) },
    { try await CourseSessions.follow($0, &$1) },
    { try await FollowUps.follow($0, &$1) },
  ]
}
