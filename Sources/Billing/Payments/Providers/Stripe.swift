import Core
import FoundationEssentials
import Jobs
import Notifications

/// Stripe's Payment Intents: opened with the card's token and Ward's ids, confirmed once its name is on record here.
struct Stripe: Sendable {
  let base: String
  let key: String
  /// By which Stripe signs what it tells.
  let secret: String
  let calls: OutsideCalls

  var provider: PaymentProvider {
    PaymentProvider(
      name: "stripe", open: open, charge: charge, look: look, giveUp: giveUp, refund: refund,
      news: { header, body, now in news(header("Stripe-Signature"), body, now) }, isProven: { _, _, _ in false })
  }

  private func open(_ order: PaymentOrder, method: String?) async throws -> String {
    guard let method else { throw JobTrouble("payment_method_missing", isFinal: true) }
    let answer = try await post(
      "/v1/payment_intents",
      [
        ("amount", "\(order.amount.minor)"), ("currency", order.amount.currency.code.lowercased()),
        ("payment_method", method), ("payment_method_types[]", "card"),
        ("metadata[payment]", order.payment.text), ("metadata[hospital]", order.hospital.text),
      ], key: "open-\(order.payment.text)")
    if (400...499).contains(answer.status), ![401, 403, 409, 429].contains(answer.status) {
      throw Refused(reason: "payment_method_refused")
    }
    guard answer.isSuccess, let id = answer.json?["id"]?.text else { throw PaymentProvider.trouble(answer) }
    return id
  }

  private func charge(_ reference: String, _ order: PaymentOrder) async throws -> ProviderOutcome {
    let answer = try await post("/v1/payment_intents/\(reference)/confirm", [], key: "charge-\(order.payment.text)")
    if answer.status == 402 { return .declined(Self.word(answer.json?["error"]?["code"]?.text)) }
    // Confirmed before, by a try whose answer was lost.
    if answer.status == 400 { return try await look(reference, order) }
    return try Self.outcome(answer)
  }

  private func look(_ reference: String, _ order: PaymentOrder) async throws -> ProviderOutcome {
    var request = OutsideCalls.Request("\(base)/v1/payment_intents/\(reference)", headers: headers)
    request.method = "GET"
    return try Self.outcome(try await send(request))
  }

  private func giveUp(_ reference: String, _ order: PaymentOrder) async throws -> ProviderOutcome {
    let answer = try await post("/v1/payment_intents/\(reference)/cancel", [], key: "cancel-\(order.payment.text)")
    // Paid, or on its way between banks: nothing that can be called back.
    if answer.status == 400 { return try await look(reference, order) }
    guard answer.isSuccess, answer.json?["status"]?.text == "canceled" else { throw PaymentProvider.trouble(answer) }
    return .declined("abandoned")
  }

  private func refund(_ reference: String, _ order: PaymentOrder) async throws {
    let answer = try await post("/v1/refunds", [("payment_intent", reference)], key: "refund-\(order.payment.text)")
    let isDone = answer.json?["error"]?["code"]?.text == "charge_already_refunded"
    guard answer.isSuccess || isDone else { throw PaymentProvider.trouble(answer) }
  }

  private func news(_ signature: String?, _ body: [UInt8], _ now: Timestamp) -> ProviderCall {
    guard SignedBody.check(signature, body: body, secret: secret, at: now) == .good else { return .wronglySigned }
    // Of a payment that is only opened or asks for something there is nothing to put on record.
    let kinds = ["payment_intent.succeeded", "payment_intent.payment_failed", "payment_intent.canceled"]
    guard let event = try? JSONParser.parse(body), let kind = event["type"]?.text, kinds.contains(kind),
      let intent = event["data"]?["object"], intent["object"]?.text == "payment_intent",
      let reference = intent["id"]?.text, let metadata = intent["metadata"],
      let hospital = metadata["hospital"]?.text.flatMap({ HospitalID($0) }),
      let payment = metadata["payment"]?.text.flatMap({ PaymentID($0) })
    else { return .nothing }
    return .news(
      ProviderNews(hospital: hospital, payment: payment, reference: reference, outcome: Self.outcome(of: intent)))
  }

  private static func outcome(_ answer: OutsideCalls.Answer) throws -> ProviderOutcome {
    guard answer.isSuccess, let intent = answer.json else { throw PaymentProvider.trouble(answer) }
    return outcome(of: intent)
  }

  private static func outcome(of intent: JSONValue) -> ProviderOutcome {
    switch intent["status"]?.text {
    case "succeeded":
      guard let minor = intent["amount_received"]?.whole ?? intent["amount"]?.whole,
        let code = intent["currency"]?.text
      else { return .waiting }
      return .paid(Money(minor, Currency(unchecked: code.uppercased())))
    case "requires_payment_method", "canceled": return .declined(word(intent["last_payment_error"]?["code"]?.text))
    // Opened and never confirmed: no money moved, and nobody goes on with it.
    case "requires_confirmation": return .declined("abandoned")
    default: return .waiting
    }
  }

  /// Stripe's words are a closed list of small letters; anything else is one of ours.
  private static func word(_ code: String?) -> String {
    guard let code, (1...50).contains(code.utf8.count),
      code.utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "_") })
    else { return "declined" }
    return code
  }

  private var headers: [String: String] {
    ["Authorization": "Bearer \(key)", "Content-Type": "application/x-www-form-urlencoded"]
  }

  private func post(_ path: String, _ members: [(String, String)], key: String) async throws -> OutsideCalls.Answer {
    var headers = headers
    headers["Idempotency-Key"] = key
    return try await send(.init("\(base)\(path)", headers: headers, body: Array(Form.encode(members).utf8)))
  }

  private func send(_ request: OutsideCalls.Request) async throws -> OutsideCalls.Answer {
    var request = request
    request.timeoutSeconds = 30
    do { return try await calls.send(request) } catch { throw JobTrouble("payment_service_\(error.rawValue)") }
  }
}

/// The service wants none of it, and will not: no money moved.
struct Refused: Error, Sendable {
  let reason: String
}
