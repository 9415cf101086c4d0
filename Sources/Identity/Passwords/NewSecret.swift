package import Core
package import Operations

extension Preparation {
  /// The hash of a password that is being chosen; refuses one that others guess first.
  package func secret(
    of password: NewPassword, for email: EmailAddress, field: String = "password"
  ) async throws -> String {
    let local = email.text.prefix { $0 != "@" }
    guard local.count < 4 || !password.text.lowercased().contains(local) else {
      throw Failure.invalid(field, "must not contain the first part of the e-mail address", rule: "password")
    }
    guard !passwords.isCommon(password.text) else {
      throw Failure.invalid(field, "is among the passwords that are tried first; choose another", rule: "common")
    }
    return try await passwords.hash(password.text)
  }
}
