package import Operations

extension Registry {
  /// One line for each operation of people and sessions.
  package mutating func registerIdentity(_ tokens: AccessTokens) {
    register(SignUp.self)
    register(SignIn.self)
    register(SignOut.self)
    register(IssueTokens.self, with: tokens)
    register(RefreshTokens.self, with: tokens)
  }
}
