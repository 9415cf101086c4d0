import Core
package import Operations

/// Signing in with an account of another provider.
package struct ProviderPlugin: AuthPlugin {
  /// What the browser brought back, and what the sign-in was begun with.
  package struct Proof: Sendable {
    let code: String
    let nonce: String
    let verifier: String
  }

  let provider: Provider
  let providers: Providers

  package init(_ provider: Provider, of providers: Providers) {
    self.provider = provider
    self.providers = providers
  }

  package var name: String { provider.name }
  package var domains: Set<AuthDomain> { provider.domains }
  package var isElsewhere: Bool { true }

  package func verify(_ proof: Proof, _ call: Preparation) async throws -> Providers.Account {
    try await providers.account(
      provider, code: proof.code, nonce: proof.nonce, verifier: proof.verifier, at: call.now)
  }
}
