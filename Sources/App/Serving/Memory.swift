import CMalloc

/// Keeps memory that a burst needed from staying with the process (glibc's malloc).
enum Memory {
  /// Called once, before anything large is allocated.
  static func configure() {
    // A password's hash takes 19 MiB for some milliseconds. Left alone, glibc raises its threshold after the first one
    // and keeps such blocks in a heap for good, one for each hashing thread.
    mallopt(M_MMAP_THRESHOLD, 1 << 20)
    mallopt(M_TRIM_THRESHOLD, 256 << 10)
    // Each arena keeps what its busiest moment needed; more of them than this brought no speed.
    mallopt(M_ARENA_MAX, 4)
  }

  /// Gives freed pages back to the system; some milliseconds of one thread's time.
  static func trim() { malloc_trim(0) }
}
