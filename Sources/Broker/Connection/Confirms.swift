/// What one channel has published and the broker has not confirmed yet: pure, so that every order of answers is tried.
///
/// The broker numbers a channel's messages from 1 and may answer them singly, in another order, or many at once.
struct Confirms {
  private(set) var next: UInt64 = 1
  private var open: [UInt64: Int] = [:]
  private(set) var taken: [Bool] = []
  private var returned: Set<String> = []
  private var bodies: [String] = []

  /// Nothing is outstanding.
  var isSettled: Bool { open.isEmpty }

  /// A new batch; numbers go on from the one before.
  mutating func begin(_ bodies: [String]) {
    open = [:]
    returned = []
    self.bodies = bodies
    taken = Array(repeating: false, count: bodies.count)
  }

  /// The message at this place of the batch was sent.
  mutating func sent(_ index: Int) {
    open[next] = index
    next += 1
  }

  /// The broker's answer; numbers that are not open mean nothing.
  mutating func answered(_ tag: UInt64, multiple: Bool, isTaken: Bool) {
    // 0 with `multiple` means all.
    let tags = multiple ? open.keys.filter { $0 <= tag || tag == 0 } : [tag]
    for each in tags {
      guard let index = open.removeValue(forKey: each) else { continue }
      taken[index] = isTaken && !returned.contains(bodies[index])
    }
  }

  /// No queue took the message; its confirmation comes all the same, later.
  mutating func cameBack(_ body: String) { returned.insert(body) }
}
