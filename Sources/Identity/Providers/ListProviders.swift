import Core
package import Operations

/// Names the other providers with which people sign in here; the sign-in page shows a button for each.
package struct ListProviders: ServedOperation {
  package static let contract = Contract(
    name: "auth.getProviders", route: .get("/auth/providers"), summary: "With which providers can I sign in?",
    message: "The providers.", access: .everyone, limit: RateLimit("auth.getProviders", max: 60, windowSeconds: 60),
    mode: .read, audit: .refusalsOnly(category: .identity), cache: .never)

  package struct Output: Record {
    package let providers: [ProviderName]
  }

  package func run(_ call: ReadCall, _ providers: Providers) async throws -> Output {
    Output(providers: providers.names.map { ProviderName(unchecked: $0) })
  }
}
