extension MailTemplate {
  /// Every letter that Ward writes, a line each.
  package static let all: [MailTemplate] = [
    verifyEmail,
    resetPassword,
    passwordChanged,
    passwordTaken,
    invitation,
    hospitalWelcome,
    hospitalEditCode,
    signInCode,
    emergencyAccess,
    receipt,
    subscriptionEnding,
  ]
}
