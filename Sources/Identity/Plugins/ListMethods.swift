package import Core
package import Operations

/// Tells by which ways the people of a domain sign in: of the one that is asked for, or of an address.
package struct ListMethods: ServedOperation {
  package let domain: AuthDomain?
  package let email: EmailAddress?

  package static let contract = Contract(
    name: "auth.getMethods", route: .post("/auth/methods"), summary: "How do I sign in?",
    message: "The ways to sign in.", access: .everyone, limit: RateLimit("auth.getMethods", max: 60, windowSeconds: 60),
    mode: .read, audit: .refusalsOnly(category: .identity), cache: .never)

  package struct Method: Record {
    package let name: ProviderName
    /// A browser is sent to `/api/auth/sign-in/{name}`.
    package let isElsewhere: Bool
  }

  package struct Output: Record {
    package let domain: AuthDomain
    package let methods: [Method]
  }

  package func run(_ call: ReadCall, _ plugins: AuthPlugins) async throws -> Output {
    let domain = try plugins.domain(domain, of: email)
    return Output(
      domain: domain,
      methods: plugins.plugins(in: domain).map {
        Method(name: ProviderName(unchecked: $0.name), isElsewhere: $0.isElsewhere)
      })
  }
}
