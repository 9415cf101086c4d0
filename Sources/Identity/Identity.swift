package import Operations

extension Registry {
  /// One line for each operation of people and sessions.
  package mutating func registerIdentity() {
    register(SignUp.self)
    register(SignIn.self)
    register(SignOut.self)
  }
}
