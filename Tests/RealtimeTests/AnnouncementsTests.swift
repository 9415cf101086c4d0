import Core
import Operations
import Testing

@testable import Realtime

@Suite struct AnnouncementsTests {
  private func announcement(_ name: String, isStanding: Bool) -> Announcement {
    Announcement(name, to: [.administrators], payload: .null, isStanding: isStanding)
  }

  @Test("whoever comes later hears what still holds, and not what is over; whoever is there hears each once")
  func standing() {
    let announcements = Announcements()
    var first: Int?
    var told = [announcements.news(after: &first)?.name]
    announcements.add(announcement("bad", isStanding: true))
    var second: Int?
    told += [announcements.news(after: &first)?.name, announcements.news(after: &first)?.name]
    told.append(announcements.news(after: &second)?.name)
    #expect(told == [nil, "bad", nil, "bad"])
    announcements.add(announcement("well", isStanding: false))
    var third: Int?
    told = [announcements.news(after: &third)?.name, announcements.news(after: &third)?.name]
    told.append(announcements.news(after: &second)?.name)
    #expect(told == [nil, nil, "well"])
  }
}
