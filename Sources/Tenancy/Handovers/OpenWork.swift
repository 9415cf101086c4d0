package import Core
package import Operations

/// What the domain of alerts knows of somebody's work, in the transaction of the deed: duty does not know alerts, the
/// composition root puts the two together.
package struct OpenWork: Sendable {
  package struct Alert: Sendable {
    package let id: AlertID
    package let isCritical: Bool
    /// He has it; otherwise it is his department's, where nobody would be left.
    package let isOwn: Bool

    package init(id: AlertID, isCritical: Bool, isOwn: Bool) {
      self.id = id
      self.isCritical = isCritical
      self.isOwn = isOwn
    }
  }

  /// What is not over for somebody who leaves.
  package let alerts: @Sendable (inout WriteCall, UserID) async throws -> [Alert]
  /// Gives the caller those of the alerts that another still has; says how many.
  package let takeOver: @Sendable (inout WriteCall, [AlertID], _ from: UserID) async throws -> Int

  package init(
    alerts: @escaping @Sendable (inout WriteCall, UserID) async throws -> [Alert],
    takeOver: @escaping @Sendable (inout WriteCall, [AlertID], _ from: UserID) async throws -> Int
  ) {
    self.alerts = alerts
    self.takeOver = takeOver
  }
}
