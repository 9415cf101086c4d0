extension MailTemplate {
  static let verifyEmail = MailTemplate(
    "verify-email", subject: "Is this your e-mail address?",
    text: """
      Hello {name},

      somebody made an account at Ward with this address. If that was you, open this link:

      {publicURL}/verify#token={token}

      or type this code: {code}

      Both are good for 24 hours. If it was not you, do nothing.
      """)

  static let resetPassword = MailTemplate(
    "reset-password", subject: "A new password for Ward",
    text: """
      Hello {name},

      somebody asked for a new password for your account. If that was you, open this link within an hour:

      {publicURL}/reset-password#token={token}

      It works once. If it was not you, do nothing: your password stays as it is.
      """)

  static let passwordChanged = MailTemplate(
    "password-changed", subject: "Your password was changed",
    text: """
      Hello {name},

      the password of your account at Ward was changed. If that was not you, ask for a new one at once:

      {publicURL}/forgot-password
      """)

  static let passwordTaken = MailTemplate(
    "password-taken", subject: "Please choose a new password for Ward",
    text: """
      Hello {name},

      an administrator asks you to choose a new password; the old one does not work any more. Open this link within
      24 hours:

      {publicURL}/reset-password#token={token}
      """)
}
