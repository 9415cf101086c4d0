import Glibc

/// Threads of the system that belong to one owner, for work that blocks in a C library.
package enum OwnThread {
  /// Runs `body` on a new, detached thread with a stack of 1 MiB; throws when the system has none left.
  package static func start(_ body: @escaping @Sendable () -> Void) throws(NoThreadLeft) {
    let context = Unmanaged.passRetained(Body(run: body))
    var thread = pthread_t()
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(&attributes, 1 << 20)
    defer { pthread_attr_destroy(&attributes) }
    let status = pthread_create(
      &thread, &attributes,
      { context in
        guard let context else { return nil }
        Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, context.toOpaque())
    guard status == 0 else {
      context.release()
      throw NoThreadLeft()
    }
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(run: @escaping @Sendable () -> Void) { self.run = run }
  }
}

/// The system has no thread left.
package struct NoThreadLeft: Error, Sendable {}
