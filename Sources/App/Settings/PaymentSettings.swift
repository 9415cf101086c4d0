package import Billing
import Configuration

/// By which service payments are made.
package struct PaymentSettings: Sendable {
  package var service: PaymentSetting?

  init() {}

  init(_ config: ConfigReader, _ problems: inout [String]) {
    guard let text = config.string(forKey: "payments.url", isSecret: true) else { return }
    do { service = try PaymentSetting(text) } catch { problems.append("WARD_PAYMENTS_URL \(error.text).") }
  }
}
