import Synchronization

/// Does together what many ask for at once: what is asked for while one batch is on its way makes the next.
///
/// Whoever asks alone does not wait. Batches of different keys, such as hospitals, are apart. When a batch of several fails,
/// each is done alone, so that one's trouble is not the others'. What is asked for is done even when the asker is cancelled.
package final class Gathering<Key: Hashable & Sendable, Item: Sendable, Answer: Sendable>: Sendable {
  package typealias Work = @Sendable (Key, [Item]) async throws -> [Answer]

  private struct Asker: Sendable {
    let item: Item
    let continuation: CheckedContinuation<Answer, any Error>
  }

  private struct Line: Sendable {
    var askers: [Asker] = []
    var batches = 0
  }

  private let most: Int
  private let atOnce: Int
  private let work: Work
  private let lines = Mutex<[Key: Line]>([:])

  /// At most `most` items in a batch, and `atOnce` batches of one key; `work` answers each item, in their order.
  package init(most: Int, atOnce: Int = 1, work: @escaping Work) {
    self.most = max(1, most)
    self.atOnce = max(1, atOnce)
    self.work = work
  }

  package func ask(_ key: Key, _ item: Item) async throws -> Answer {
    try await withCheckedThrowingContinuation { continuation in
      let begins = lines.withLock { lines in
        lines[key, default: Line()].askers.append(Asker(item: item, continuation: continuation))
        guard lines[key, default: Line()].batches < atOnce else { return false }
        lines[key, default: Line()].batches += 1
        return true
      }
      if begins { Task { await self.run(key) } }
    }
  }

  private func run(_ key: Key) async {
    while let batch = next(key) { await perform(key, batch) }
  }

  /// Nil when nobody waits any more: then there is one batch less on its way.
  private func next(_ key: Key) -> [Asker]? {
    lines.withLock { lines in
      guard var line = lines[key] else { return nil }
      let batch = Array(line.askers.prefix(most))
      line.askers.removeFirst(batch.count)
      if batch.isEmpty { line.batches -= 1 }
      lines[key] = line.batches > 0 ? line : nil
      return batch.isEmpty ? nil : batch
    }
  }

  private func perform(_ key: Key, _ batch: [Asker]) async {
    do {
      let answers = try await work(key, batch.map(\.item))
      guard answers.count == batch.count else { throw GatheringError.answersMissing }
      for (asker, answer) in zip(batch, answers) { asker.continuation.resume(returning: answer) }
    } catch {
      guard batch.count > 1 else {
        for asker in batch { asker.continuation.resume(throwing: error) }
        return
      }
      for asker in batch { await perform(key, [asker]) }
    }
  }
}

package enum GatheringError: Error { case answersMissing }
