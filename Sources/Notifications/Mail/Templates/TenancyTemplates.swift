extension MailTemplate {
  static let invitation = MailTemplate(
    "invitation", subject: "{inviter} invites you to {hospital}",
    text: """
      Hello,

      {inviter} invites you to work at {hospital} (role: {role}). To accept, open this link within {hours} hours:

      {publicURL}/join#token={token}

      {message?}
      """)

  static let hospitalWelcome = MailTemplate(
    "hospital-welcome", subject: "{hospital} is registered at Ward",
    text: """
      Hello,

      {hospital} is registered. Its short name is {subdomain}. Whoever registered it administers it, and invites the
      others:

      {publicURL}
      """)

  static let hospitalEditCode = MailTemplate(
    "hospital-edit-code", subject: "A code to change {hospital}",
    text: """
      Hello,

      somebody who is signed in with your account wants to change what {hospital} is called or where it is found. If
      that is you, type this code within {minutes} minutes:

      {code}

      If it is not you, change your password.
      """)
}
