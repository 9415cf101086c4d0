import Core
import Synchronization
import Testing

@Suite struct GatheringTests {
  private struct Trouble: Error {}

  @Test("155: what is asked for while a batch is on its way makes the next, and everybody has his own answer")
  func batches() async throws {
    let sizes = Mutex<[Int]>([])
    let (gate, opener) = AsyncStream<Void>.makeStream()
    let gathering = Gathering<String, Int, Int>(most: 10) { _, items in
      let isFirst = sizes.withLock { sizes in
        sizes.append(items.count)
        return sizes.count == 1
      }
      if isFirst { for await _ in gate { break } }
      return items.map { $0 * 2 }
    }
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask { try await gathering.ask("a", 0) == 0 }
      while sizes.withLock({ $0.isEmpty }) { await Task.yield() }
      for number in 1...25 { group.addTask { try await gathering.ask("a", number) == number * 2 } }
      // Another key waits for nobody.
      #expect(try await gathering.ask("b", 7) == 14)
      opener.yield()
      for try await isRight in group { #expect(isRight) }
    }
    #expect(sizes.withLock { $0.reduce(0, +) } == 27)
    #expect(sizes.withLock { $0.allSatisfy { (1...10).contains($0) } })
  }

  @Test("155: the trouble of one is not that of the others in its batch; answers that are missing are a trouble")
  func troubles() async throws {
    let gathering = Gathering<Int, Int, Int>(most: 100) { key, items in
      if items.contains(13) { throw Trouble() }
      return key == 1 ? [] : items
    }
    let failed = await withTaskGroup(of: Int?.self) { group in
      for number in 0..<50 { group.addTask { (try? await gathering.ask(0, number)) == number ? nil : number } }
      return await group.reduce(into: [Int]()) { failed, each in if let each { failed.append(each) } }
    }
    #expect(failed == [13])
    await #expect(throws: GatheringError.self) { try await gathering.ask(1, 1) }
  }
}
