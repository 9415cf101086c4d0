import Core
package import Operations

/// Names the other providers with which people sign in here; the sign-in page shows a button for each.
package struct ListProviders: ServedOperation {
  /// Whose providers; those of healthcare where it is not given.
  package let domain: AuthDomain?

  package static let contract = Contract(
    name: "auth.getProviders", route: .get("/auth/providers"), summary: "With which providers can I sign in?",
    message: "The providers.", access: .everyone, limit: RateLimit("auth.getProviders", max: 60, windowSeconds: 60),
    mode: .read, audit: .refusalsOnly(category: .identity), cache: .never)

  package struct Output: Record {
    package let providers: [ProviderName]
  }

  package func run(_ call: ReadCall, _ plugins: AuthPlugins) async throws -> Output {
    let found = plugins.plugins(in: try plugins.domain(domain)).filter(\.isElsewhere)
    return Output(providers: found.map { ProviderName(unchecked: $0.name) })
  }
}
