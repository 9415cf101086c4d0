import Core
import FoundationEssentials
import Jobs
import Notifications

/// Razorpay's way: an order is opened here and paid in the patient's browser, which brings the service's signature over
/// order and payment; the service is asked whether it has the money, all the same.
struct Razorpay: Sendable {
  let base: String
  let keyID: String
  let key: String
  /// By which Razorpay signs what it tells.
  let secret: String
  let calls: OutsideCalls

  var provider: PaymentProvider {
    PaymentProvider(
      name: "razorpay", open: { order, _ in try await open(order) }, charge: look, look: look, giveUp: look,
      refund: refund,
      news: { header, body, _ in news(header("X-Razorpay-Signature"), body) },
      isProven: { order, payment, signature in
        PaymentProvider.isSigned(signature, Array("\(order)|\(payment)".utf8), secret: key)
      })
  }

  private func open(_ order: PaymentOrder) async throws -> String {
    let body: JSONValue = [
      "amount": .integer(order.amount.minor), "currency": .string(order.amount.currency.code),
      "receipt": .string(order.payment.text),
      "notes": ["payment": .string(order.payment.text), "hospital": .string(order.hospital.text)],
    ]
    let answer = try await send("POST", "/v1/orders", body)
    if answer.status == 400 { throw Refused(reason: "order_refused") }
    guard answer.isSuccess, let id = answer.json?["id"]?.text else { throw PaymentProvider.trouble(answer) }
    return id
  }

  /// Paid once one of its payments is captured; a failed one may be followed by another.
  private func look(_ reference: String, _ order: PaymentOrder) async throws -> ProviderOutcome {
    guard let paid = try await captured(reference) else { return .waiting }
    return Self.outcome(of: paid)
  }

  private func refund(_ reference: String, _ order: PaymentOrder) async throws {
    guard let paid = try await captured(reference), let id = paid["id"]?.text else {
      // Nothing is left of it there: it was paid back by a try whose answer was lost.
      return
    }
    let answer = try await send("POST", "/v1/payments/\(id)/refund", ["amount": .integer(order.amount.minor)])
    guard answer.isSuccess else { throw PaymentProvider.trouble(answer) }
  }

  private func captured(_ reference: String) async throws -> JSONValue? {
    let answer = try await send("GET", "/v1/orders/\(reference)/payments", nil)
    guard answer.isSuccess, let items = answer.json?["items"]?.items else { throw PaymentProvider.trouble(answer) }
    return items.first { $0["status"]?.text == "captured" }
  }

  private func news(_ signature: String?, _ body: [UInt8]) -> ProviderCall {
    guard let signature, PaymentProvider.isSigned(signature, body, secret: secret) else { return .wronglySigned }
    guard let event = try? JSONParser.parse(body), event["event"]?.text == "payment.captured",
      let paid = event["payload"]?["payment"]?["entity"], let reference = paid["order_id"]?.text,
      let hospital = paid["notes"]?["hospital"]?.text.flatMap({ HospitalID($0) }),
      let payment = paid["notes"]?["payment"]?.text.flatMap({ PaymentID($0) })
    else { return .nothing }
    return .news(
      ProviderNews(hospital: hospital, payment: payment, reference: reference, outcome: Self.outcome(of: paid)))
  }

  private static func outcome(of paid: JSONValue) -> ProviderOutcome {
    guard let minor = paid["amount"]?.whole, let code = paid["currency"]?.text else { return .waiting }
    return .paid(Money(minor, Currency(unchecked: code.uppercased())))
  }

  private func send(_ method: String, _ path: String, _ body: JSONValue?) async throws -> OutsideCalls.Answer {
    let credentials = Data("\(keyID):\(key)".utf8).base64EncodedString()
    var request = OutsideCalls.Request(
      "\(base)\(path)", headers: ["Authorization": "Basic \(credentials)", "Content-Type": "application/json"],
      body: body.map { Array($0.encoded.utf8) } ?? [])
    request.method = method
    request.timeoutSeconds = 30
    do { return try await calls.send(request) } catch { throw JobTrouble("payment_service_\(error.rawValue)") }
  }
}
