import Billing
import Consultations
import Jobs
import Operations
import Scheduling
import Tenancy

/// The clinic: appointments, consultations and money meet here, since they do not know each other.
enum Care {
  /// Everything that a client can do there.
  static func register(in registry: inout Registry) {
    registry.registerScheduling()
    registry.registerFlow()
    registry.registerConsultations()
    registry.registerBilling()
  }

  /// Who else gives tickets to follow a place.
  static let lines = [DayQueues.keeper]

  static let handlers: [JobHandler] = SchedulingJobs.handlers + FlowJobs.handlers
  static let periodic: [PeriodicJob] = []
}
