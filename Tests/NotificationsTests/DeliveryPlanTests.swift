import Core
import Notifications
import Testing

@Suite("Which messages somebody is sent")
struct DeliveryPlanTests {
  private static let ringing: [ChannelKind] = [.push, .sms, .whatsapp]
  private static let orders: [[ChannelKind]] = {
    var all: [[ChannelKind]] = [[]]
    for one in ringing {
      all.append([one])
      for two in ringing where two != one {
        all.append([one, two])
        for three in ringing where three != one && three != two { all.append([one, two, three]) }
      }
    }
    return all
  }()
  private static let configurations: [Set<ChannelKind>] = (0..<16).map { bits in
    Set([.email, .push, .sms, .whatsapp].enumerated().filter { bits >> $0.offset & 1 == 1 }.map(\.element))
  }

  /// Every wish, every way that there may be, and every way to reach him or not.
  private func everybody(_ body: (Recipient, Set<ChannelKind>) -> Void) {
    for order in Self.orders {
      for bits in 0..<32 {
        var person = Recipient(.person(.example))
        person.preferences.channels = order
        person.preferences.email = bits & 1 == 1
        person.preferences.isMuted = bits & 2 == 2
        if bits & 4 == 4 { person.preferences.quiet = QuietHours(from: 1320, until: 360) }
        person.minute = 120
        person.phone = bits & 8 == 8 ? "+4915112345678" : nil
        person.email = bits & 16 == 16 ? "ada@ward.example" : nil
        for configured in Self.configurations { body(person, configured) }
      }
    }
  }

  private func reaches(_ person: Recipient, _ channel: ChannelKind) -> Bool {
    switch channel {
    case .email: person.email != nil
    case .sms, .whatsapp: person.phone != nil
    case .push, .inApp, .socket: true
    }
  }

  @Test("155: whatever somebody wants, his page and his notification centre have it, and at most one channel rings")
  func always() {
    everybody { person, configured in
      for (isUrgent, isOver) in [(false, false), (true, false), (false, true), (true, true)] {
        let steps = DeliveryPlan(for: person, configured: configured, isUrgent: isUrgent, isOver: isOver).steps
        #expect(steps.prefix(2) == [.init(.inApp, .delivered), .init(.socket, .sent)])
        #expect(Set(steps.map(\.channel)).count == steps.count)
        #expect(steps.dropFirst(2).allSatisfy { configured.contains($0.channel) })
        #expect(steps.filter { $0.channel.isInterruptive && $0.status == .queued }.count <= 1)
        #expect(steps.allSatisfy { ($0.status == .skipped) == ($0.reason != nil) })
        #expect(steps.allSatisfy { ($0.status == .queued) == ($0.destination != nil) })
      }
    }
  }

  @Test(
    "168: an alert of urgency 4 or 5 knows neither quiet hours nor muting: the first wanted way that can reach him rings"
  )
  func urgent() {
    everybody { person, configured in
      let steps = DeliveryPlan(for: person, configured: configured, isUrgent: true).steps
      let first = person.preferences.channels.first { configured.contains($0) && reaches(person, $0) }
      #expect(steps.first { $0.channel.isInterruptive && $0.status == .queued }?.channel == first)
      #expect(!steps.contains { $0.reason == "muted" || $0.reason == "quiet_hours" })
    }
  }

  @Test("168: what is less urgent rings nobody who is muted or rests, and waits in the notification centre")
  func held() {
    everybody { person, configured in
      let isHeld = person.preferences.isMuted || person.preferences.quiet != nil
      let steps = DeliveryPlan(for: person, configured: configured, isUrgent: false).steps
      #expect(isHeld ? !steps.contains { $0.status == .queued } : true)
      #expect(isHeld || !steps.contains { $0.reason == "muted" || $0.reason == "quiet_hours" })
    }
  }

  @Test("157: a mail goes exactly to who wants mails and has an address, besides the channel that rings")
  func mail() {
    everybody { person, configured in
      let step = DeliveryPlan(for: person, configured: configured, isUrgent: true).steps.first { $0.channel == .email }
      #expect((step != nil) == configured.contains(.email))
      #expect(
        (step?.status == .queued) == (configured.contains(.email) && person.preferences.email && person.email != nil))
      #expect(step?.destination == (step?.status == .queued ? person.email : nil))
    }
  }

  @Test("155: when somebody has the alert in hand nothing is sent")
  func over() {
    everybody { person, configured in
      for isUrgent in [false, true] {
        let steps = DeliveryPlan(for: person, configured: configured, isUrgent: isUrgent, isOver: true).steps
        #expect(!steps.contains { $0.status == .queued })
      }
    }
  }

  @Test("159: the next way and the next lead through all that can reach him, in his order, each once, and end")
  func next() {
    everybody { person, configured in
      var tried: Set<ChannelKind> = []
      var went: [ChannelKind] = []
      while let step = DeliveryPlan.next(
        for: person, order: person.preferences.channels, tried: tried, configured: configured)
      {
        guard tried.insert(step.channel).inserted else {
          Issue.record("the same way twice")
          return
        }
        went.append(step.channel)
      }
      #expect(went == person.preferences.channels.filter { configured.contains($0) && reaches(person, $0) })
    }
  }

  @Test("163: a message on one way goes the first that he prefers, a colleague's by mail in the end")
  func oneWay() {
    everybody { person, configured in
      let steps = DeliveryPlan(oneWayTo: person, configured: configured).steps
      var order = person.preferences.channels
      if person.preferences.email { order.append(.email) }
      let first = order.first { configured.contains($0) && reaches(person, $0) }
      #expect(steps.map(\.channel) == (first.map { [$0] } ?? []))
    }
  }
}

@Suite("Hours in which somebody rests")
struct QuietHoursTests {
  @Test("168: quiet is from the first minute on until the last, over midnight where it ends earlier than it begins")
  func allTimes() {
    let edges = stride(from: 0, to: 1440, by: 45).map { $0 } + [1, 719, 1439]
    for from in edges {
      for until in edges {
        let quiet = QuietHours(from: from, until: until)
        // Walked minute by minute around the clock.
        var expected = [Bool](repeating: false, count: 1440)
        var minute = from
        while minute != until {
          expected[minute] = true
          minute = (minute + 1) % 1440
        }
        let found = (0..<1440).map { quiet.contains(minute: $0) }
        #expect(found == expected, "\(from) to \(until)")
      }
    }
  }
}
