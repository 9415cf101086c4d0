package import Core
package import Operations
import Postgres

/// Gives the caller an address under which his calendar elsewhere reads his appointments; an earlier one ends.
package struct CreateFeed: WriteOperation {
  package static let contract = Contract(
    name: "calendar.createFeed", route: .post("/calendar-feed", status: 201),
    summary: "Get an address for your calendar", message: "The address. Whoever has it can read your appointments.",
    access: .person, limit: .standard, mode: .write,
    audit: .row(action: "calendar_feed_created", category: .scheduling), cache: .never, answersWithSecret: true)

  package func run(_ call: inout WriteCall) async throws -> FeedAddress {
    let feed = CalendarFeed(hospital: try call.hospital.id, id: CalendarFeedID.new(at: call.now))
    let person = try call.person
    call.transaction.queue(CalendarQueries.keep(feed.id, of: person, in: feed.hospital, at: call.now))
    call.audit.resource("user", person)
    return FeedAddress(path: ShortText(unchecked: feed.path(call.secrets)))
  }
}

/// Ends the caller's address for calendars.
package struct DeleteFeed: WriteOperation {
  package static let contract = Contract(
    name: "calendar.deleteFeed", route: .delete("/calendar-feed"), summary: "End the address for your calendar",
    message: "The address is ended.", access: .person, limit: .standard, mode: .write,
    audit: .row(action: "calendar_feed_deleted", category: .scheduling), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Done {
    let person = try call.person
    guard try await !call.transaction.query(CalendarQueries.end(of: person, in: try call.hospital.id)).isEmpty else {
      throw Failure.notFound("calendar")
    }
    call.audit.resource("user", person)
    return Done()
  }
}

/// Where a calendar is read, below the address of this Ward.
package struct FeedAddress: Record {
  package let path: ShortText
}
