import Testing

@testable import Operations

@Suite struct CacheLifeTests {
  @Test("230, 231, 232, 233: the one table of how long answers are kept")
  func table() {
    let seconds = Dictionary(uniqueKeysWithValues: CacheLife.allCases.map { ($0.rawValue, $0.seconds) })
    #expect(
      seconds == [
        "hospital": 3600, "patient": 1800, "appointment": 300, "emergency": 60, "doctorProfile": 3600,
        "availability": 900, "query": 300, "plan": 86_400,
      ])
  }
}
