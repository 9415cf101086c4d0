/// One look at the broker from outside a running Ward: whether it takes a connection, which version it is, and whether
/// exchanges and queues are as Ward declares them. Waits ``BrokerLimits/answerSeconds`` for each answer at most.
package enum BrokerCheckup {
  /// The version, nil where the broker tells none, and how many messages wait.
  package static func look(at address: BrokerAddress) async throws(BrokerError) -> (version: String?, waiting: Int) {
    let connection = try await BrokerConnection.open(address, delivered: { _ in }, ended: { _ in })
    let version = await connection.version
    do {
      var waiting = 0
      for queue in BrokerQueue.allCases { waiting += try await connection.look(at: queue.name).messages }
      await connection.close()
      return (version, waiting)
    } catch {
      await connection.close()
      throw error
    }
  }
}
