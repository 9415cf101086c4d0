extension MailTemplate {
  static let receipt = MailTemplate(
    "receipt", subject: "Receipt {number} of {hospital}",
    text: """
      Hello,

      {hospital} has received {amount}. The number of the receipt is {number}; here it can be printed:

      {publicURL}/receipts/{payment}
      """)

  static let subscriptionEnding = MailTemplate(
    "subscription-ending", subject: "The subscription of {hospital} ends on {day}",
    text: """
      Hello,

      the subscription of {hospital} ({plan}) ends on {day}. From then on nobody new can become a doctor there. To go on
      without a gap, choose the next one before:

      {publicURL}/subscription
      """)
}
