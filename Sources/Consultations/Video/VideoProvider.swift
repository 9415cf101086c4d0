package import Core

/// A service at which two meet by picture or voice. Which one is said by a setting.
package struct VideoProvider: Sendable {
  /// The address of a visit's room for one of the two, good from when until when.
  package let link: @Sendable (AppointmentID, VideoGuest, _ from: Timestamp, _ until: Timestamp) async throws -> String

  package init(
    link: @escaping @Sendable (AppointmentID, VideoGuest, Timestamp, Timestamp) async throws -> String
  ) { self.link = link }
}

/// Who comes, as far as the service may know: a patient has no name there.
package struct VideoGuest: Sendable, Equatable {
  package let name: String
  /// May let others in and out.
  package let isHost: Bool
}

/// The service by which visits are made; given at registration.
package struct VideoVisits: Sendable {
  package let provider: VideoProvider?

  package init(_ provider: VideoProvider?) { self.provider = provider }

  func mustHave() throws(Failure) -> VideoProvider {
    guard let provider else { throw Failure(.conflict, "No service for video visits is set up here.") }
    return provider
  }
}
