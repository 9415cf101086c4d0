/// Values up to a bound in bytes; those that were used longest ago leave first.
///
/// A doubly linked list in two arrays, so that a use moves its value to the front in constant time.
struct LeastRecent<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Slot: Sendable {
    var key: Key
    var value: Value
    var bytes: Int
    var newer: Int
    var older: Int
  }

  /// What a value costs besides its own bytes: key, slot and the dictionary's share.
  static var overhead: Int { 160 }
  private static var none: Int { -1 }

  private var slots: [Slot?] = []
  private var free: [Int] = []
  private var places: [Key: Int] = [:]
  private var newest = none
  private var oldest = none
  private(set) var bytes = 0
  let limit: Int
  private(set) var evicted: UInt64 = 0

  init(limit: Int) { self.limit = limit }

  var count: Int { places.count }

  /// The value, which is now the one that was used last.
  mutating func use(_ key: Key) -> Value? {
    guard let place = places[key], let slot = slots[place] else { return nil }
    if newest != place {
      unlink(slot)
      link(place)
    }
    return slot.value
  }

  /// Keeps a value; one that is larger than an eighth of the whole is not worth the others.
  mutating func keep(_ key: Key, _ value: Value, bytes size: Int) {
    remove(key)
    let size = size + Self.overhead
    guard size <= limit / 8 else { return }
    while bytes + size > limit, let slot = oldest >= 0 ? slots[oldest] : nil {
      remove(slot.key)
      evicted &+= 1
    }
    let slot = Slot(key: key, value: value, bytes: size, newer: Self.none, older: Self.none)
    let place: Int
    if let reused = free.popLast() {
      place = reused
      slots[place] = slot
    } else {
      place = slots.count
      slots.append(slot)
    }
    places[key] = place
    bytes += size
    link(place)
  }

  mutating func remove(_ key: Key) {
    guard let place = places.removeValue(forKey: key), let slot = slots[place] else { return }
    unlink(slot)
    slots[place] = nil
    free.append(place)
    bytes -= slot.bytes
  }

  mutating func removeAll() {
    slots = []
    free = []
    places = [:]
    newest = Self.none
    oldest = Self.none
    bytes = 0
  }

  private mutating func link(_ place: Int) {
    slots[place]?.older = newest
    slots[place]?.newer = Self.none
    if newest >= 0 { slots[newest]?.newer = place }
    newest = place
    if oldest < 0 { oldest = place }
  }

  private mutating func unlink(_ slot: Slot) {
    if slot.newer >= 0 { slots[slot.newer]?.older = slot.older } else { newest = slot.older }
    if slot.older >= 0 { slots[slot.older]?.newer = slot.newer } else { oldest = slot.newer }
  }
}
