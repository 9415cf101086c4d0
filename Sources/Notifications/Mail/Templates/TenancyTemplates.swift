extension MailTemplate {
  static let invitation = MailTemplate(
    "invitation", subject: "{inviter} invites you to {hospital}",
    text: """
      Hello,

      {inviter} invites you to work at {hospital} (role: {role}). To accept, open this link within {hours} hours:

      {publicURL}/#/join?token={token}

      {message?}
      """)
}
