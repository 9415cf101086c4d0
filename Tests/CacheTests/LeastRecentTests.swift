import Testing

@testable import Cache

@Suite struct LeastRecentTests {
  private func filled(_ count: Int, limit: Int) -> LeastRecent<Int, String> {
    var memory = LeastRecent<Int, String>(limit: limit)
    for number in 0..<count { memory.keep(number, "\(number)", bytes: 840) }
    return memory
  }

  @Test("238: at the bound the value that was used longest ago leaves")
  func oldestLeaves() {
    var memory = filled(10, limit: 10_000)
    #expect(memory.count == 10 && memory.bytes == 10_000)
    #expect(memory.use(0) == "0")
    memory.keep(10, "10", bytes: 840)
    #expect(memory.use(0) == "0", "it was used a moment ago")
    #expect(memory.use(1) == nil)
    #expect(memory.use(2) == "2")
    #expect(memory.evicted == 1 && memory.bytes == 10_000)
  }

  @Test("238: however many values come, their bytes stay within the bound and places are used again")
  func staysWithinTheBound() {
    let memory = filled(100_000, limit: 50_000)
    #expect(memory.bytes <= 50_000 && memory.count == 50)
    #expect(memory.evicted == 99_950)
  }

  @Test("238: a value that would push all others out is not kept")
  func giantsStayOutside() {
    var memory = filled(10, limit: 10_000)
    memory.keep(99, "large", bytes: 5_000)
    #expect(memory.use(99) == nil && memory.count == 10)
  }

  @Test("238: a value that is kept anew counts once, one that is removed no more")
  func replaced() {
    var memory = filled(3, limit: 10_000)
    memory.keep(1, "one", bytes: 340)
    #expect(memory.use(1) == "one" && memory.bytes == 2_500)
    memory.remove(1)
    memory.remove(1)
    #expect(memory.use(1) == nil && memory.bytes == 2_000)
    memory.removeAll()
    #expect(memory.count == 0 && memory.bytes == 0)
  }
}
