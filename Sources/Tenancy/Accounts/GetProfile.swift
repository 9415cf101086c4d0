import Core
package import Operations

/// Shows the caller what Ward knows of him as a person.
package struct GetProfile: ReadOperation {
  package static let contract = Contract(
    name: "auth.getProfile", aliases: ["user.getProfile"], route: .get("/profile"), summary: "Show your profile",
    message: "Your profile.", access: .signedIn, limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .identity), cache: .never)

  package func run(_ call: ReadCall) async throws -> Document<ProfileKind> {
    try Document(try await call.row(ProfileQueries.profile(of: try call.person), else: "person"))
  }
}
