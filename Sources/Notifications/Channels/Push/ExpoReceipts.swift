import Core

// What Expo says of its tickets when it is asked: "Push receipts" of its documentation.
extension Expo {
  /// What became of one ticket.
  package enum Receipt: Sendable, Equatable {
    /// The maker of the telephone has it.
    case taken
    case failed(reason: String)
  }

  static let unregistered = "device_unregistered"

  /// Up to 1,000 tickets at once.
  package func question(about tickets: [String]) -> OutsideCalls.Request {
    var headers = ["Content-Type": "application/json", "Accept": "application/json"]
    if let token { headers["Authorization"] = "Bearer \(token)" }
    var request = OutsideCalls.Request(
      "\(base)/--/api/v2/push/getReceipts", headers: headers,
      body: Array(JSONValue.object([.init("ids", .array(tickets.map { .string($0) }))]).encoded.utf8))
    request.largestAnswer = 1 << 20
    return request
  }

  /// Those that are known already; a ticket without a word is asked about again.
  package func receipts(_ answer: OutsideCalls.Answer) throws(SendTrouble) -> [String: Receipt] {
    guard answer.isSuccess else { throw .of(status: answer.status) }
    guard case .object(let members) = answer.json?["data"] else { throw .rubbish }
    var receipts: [String: Receipt] = [:]
    for member in members {
      switch member.value["status"]?.text {
      case "ok": receipts[member.key] = .taken
      case "error":
        switch try Self.ticket(member.value) {
        case .taken: continue
        case .unregistered: receipts[member.key] = .failed(reason: Self.unregistered)
        case .refused(let reason, _): receipts[member.key] = .failed(reason: reason)
        }
      default: throw .rubbish
      }
    }
    return receipts
  }
}
