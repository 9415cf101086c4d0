import Testing

@testable import App

@Suite struct WatchLifeTests {
  @Test("310: one failed beat is no trouble yet, failing for a minute is, and it is said again with each beat")
  func failing() {
    var life = WatchLife(intervalSeconds: 30, now: 0)
    var news = [life.noted(nil, at: 30)]
    #expect(life.pauseSeconds == 30)
    news.append(life.noted(.raise, at: 60))
    #expect(life.pauseSeconds == 5)
    news += [life.noted(.raise, at: 89), life.noted(.raise, at: 90), life.noted(.deliver, at: 95)]
    #expect(news == [.none, .none, .none, .degraded(.raise), .degraded(.deliver)])
  }

  @Test("310: one good beat ends a trouble, once, and one between failures ends their row")
  func recovering() {
    var life = WatchLife(intervalSeconds: 30, now: 0)
    let news = [
      life.noted(.raise, at: 59), life.noted(nil, at: 60), life.noted(.raise, at: 119), life.noted(.raise, at: 120),
      life.noted(nil, at: 121), life.noted(nil, at: 122), life.noted(.raise, at: 150),
    ]
    #expect(news == [.none, .none, .none, .degraded(.raise), .recovered, .none, .none])
    #expect(life.pauseSeconds == 5)
  }
}
