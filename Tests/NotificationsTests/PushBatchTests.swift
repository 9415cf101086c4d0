import Core
import Testing

@testable import Notifications

@Suite struct PushBatchTests {
  private func devices(_ count: Int) -> [PushBatch.Device] {
    (0..<count).map { (PushTokenID.example, "ExponentPushToken[\($0)]") }
  }

  @Test("156: a request has at most a hundred devices, nobody's devices are parted, and nobody is left out")
  func chunks() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      let waiting = (0..<Int.random(in: 0...60, using: &generator)).map { place in
        (place: place, devices: devices(Int.random(in: 1...20, using: &generator)))
      }
      let chunks = PushBatch.chunks(waiting)
      #expect(chunks.allSatisfy { (1...Expo.most).contains($0.reduce(0) { $0 + $1.devices.count }) })
      #expect(chunks.flatMap { $0 }.map(\.place) == waiting.map(\.place))
      #expect(chunks.flatMap { $0 }.map(\.devices.count) == waiting.map(\.devices.count))
      // No more requests than needed: two that follow each other do not fit into one.
      for (one, next) in zip(chunks, chunks.dropFirst()) {
        #expect(one.reduce(0) { $0 + $1.devices.count } + next[0].devices.count > Expo.most)
      }
    }
  }
}
