import Core
import Operations
import Postgres
import Testing

private enum Thing: Shaped {
  static let shape = RowShape([.init("id", "t.id", .uuid), .init("name", "t.name", .string)])
}

@Suite struct PagingTests {
  private func paging(_ json: JSONValue) throws -> Paging<Thing> {
    try InputDecoder.decode(Paging<Thing>.self, from: json)
  }

  @Test("15: page, offset and cursor name the same place; twenty rows are a page unless told otherwise")
  func places() throws {
    for input: JSONValue in [["limit": 10, "page": 3], ["limit": 10, "offset": 20]] {
      let place = try paging(input).place(in: "things")
      #expect((place.limit, place.offset, place.skip, place.after) == (10, 20, 20, nil))
    }
    let place = try paging([:]).place(in: "things")
    #expect((place.limit, place.offset) == (20, 0))
  }

  @Test("15: a cursor carries the sort key to the next page and is refused by another list")
  func cursors() throws {
    let page = try paging(["limit": 2]).place(in: "things").page(rows: 3, total: 9) { ["7", "a~b"] }
    let text = try #require(page.next?.text)
    let next = try paging(["limit": 2, "cursor": .string(text)])
    let place = try next.place(in: "things")
    #expect(place.after == ["7", "a~b"] && place.offset == 2 && place.skip == 0)
    #expect(throws: Failure.self) { try next.place(in: "other things") }
    #expect(try paging(["limit": 2]).place(in: "things").page(rows: 2, total: nil) { [] }.next == nil)
  }

  @Test("13: two ways to name a place and an unknown field are both told at once")
  func problems() throws {
    do {
      _ = try paging(["page": 1, "offset": 0, "fields": ["id", "secret"], "limit": 0])
      Issue.record("nothing was refused")
    } catch let failure as Failure {
      let paths = failure.details["fields"]?.items?.compactMap { $0["path"]?.text }
      #expect(Set(paths ?? []) == ["page", "fields", "limit"])
    }
  }

  @Test("17: only the named fields are selected, in the kind's own order")
  func fields() throws {
    #expect(try paging(["fields": ["name"]]).shape.columns.map(\.name) == ["name"])
    #expect(try paging(["fields": ["name", "id"]]).shape.columns.map(\.name) == ["id", "name"])
  }

  @Test(
    "a cursor that is none is refused",
    arguments: ["", "x", "bzE", "b2EK", "W10", "WzEsIiIsWzFdXQ", "WzEwMDAwMDAwLCIiLFtdXQ"])
  func badCursor(_ text: String) {
    #expect(throws: InvalidValue.self) { try PageCursor(json: .string(text)) }
  }
}
