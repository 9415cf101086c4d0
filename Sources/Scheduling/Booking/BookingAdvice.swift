import Core
package import Operations

/// What the calendar of a doctor says to a booking besides what is taken: asked by ``BookingDesk``.
package enum BookingAdvice {
  /// Why the doctor or a resource is not there at this time, such as outside working hours; none where nothing is known.
  package static func refusals(_ plan: BookingPlan, _ call: inout WriteCall) async throws -> [BookingConflict] { [] }

  /// What could be taken instead, the best first.
  package static func alternatives(
    to plan: BookingPlan, _ call: inout WriteCall
  ) async throws -> [BookingAlternative] { [] }
}
