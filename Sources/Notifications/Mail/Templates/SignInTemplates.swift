extension MailTemplate {
  static let signInCode = MailTemplate(
    "sign-in-code", subject: "Your sign-in code for Ward",
    text: """
      Hello {name},

      your code: {code}

      It is good for five minutes. If you did not ask for it, do nothing, and give it to nobody.
      """)
}
