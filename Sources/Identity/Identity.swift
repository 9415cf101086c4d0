package import Operations

extension Registry {
  /// One line for each operation of people and sessions.
  package mutating func registerIdentity(_ tokens: AccessTokens, _ providers: Providers) {
    register(SignUp.self)
    register(SignIn.self)
    register(SignOut.self)
    register(IssueTokens.self, with: tokens)
    register(RefreshTokens.self, with: tokens)
    register(ListProviders.self, with: providers)
    register(BeginSignIn.self, with: providers)
    register(FinishSignIn.self, with: providers)
  }
}
