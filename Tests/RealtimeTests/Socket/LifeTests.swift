import Testing

@testable import Realtime

@Suite("The lives of a socket")
struct LifeTests {
  @Test("only the moves of the table are made, over random walks")
  func transportWalk() {
    var random = SplitMix(seed: 1)
    for _ in 0..<2_000 {
      var life = TransportLife()
      for _ in 0..<20 {
        guard let move = TransportLife.Move.allCases.randomElement(using: &random) else { continue }
        let before = life.state
        let expected = TransportLife.table[before]?[move]
        #expect(life.move(move) == (expected != nil))
        #expect(life.state == expected ?? before)
      }
    }
  }

  @Test("a closed socket stays closed, whatever comes")
  func closedIsFinal() {
    for move in TransportLife.Move.allCases {
      var life = TransportLife()
      #expect(life.move(.openPolling) && life.move(.close))
      #expect(!life.move(move) && life.state == .closed)
    }
    for move in NamespaceLife.Move.allCases {
      var life = NamespaceLife()
      #expect(life.move(.close) == true)
      #expect(!life.move(move) && life.state == .closed)
    }
  }

  @Test("WebSocket is reached from polling only by way of a probe")
  func upgradeNeedsProbe() {
    var life = TransportLife()
    #expect(life.move(.openPolling) == true)
    #expect(life.move(.upgrade) == false)
    #expect(life.move(.probe) && life.usesPolling)
    #expect(life.move(.probe) == false)
    #expect(life.move(.upgrade) && life.state == .websocket && !life.usesPolling)
  }

  @Test("140: nobody becomes a member without having been looked at")
  func memberNeedsProof() {
    for state in NamespaceLife.State.allCases {
      guard let target = NamespaceLife.table[state]?[.accept] else { continue }
      #expect(target == .member)
      #expect([.joining, .proving, .renewing].contains(state))
    }
    for (state, moves) in NamespaceLife.table {
      for (move, target) in moves where target == .member {
        #expect(move == .accept, "\(state) becomes a member by \(move)")
      }
    }
  }

  @Test("every state leads to closed in one move")
  func alwaysClosable() {
    for state in TransportLife.State.allCases where state != .closed {
      #expect(TransportLife.table[state]?[.close] == .closed)
    }
    for state in NamespaceLife.State.allCases where state != .closed {
      #expect(NamespaceLife.table[state]?[.close] == .closed)
    }
  }
}
