extension MailTemplate {
  /// Names the clinician and never the patient.
  static let emergencyAccess = MailTemplate(
    "emergency-access", subject: "A record was opened in an emergency at {hospital}",
    text: """
      Hello {name},

      {clinician} has opened a patient's record in an emergency at {time}; it stays open until {until}.
      The reason waits for your review:

      {publicURL}/access-reviews
      """)
}
