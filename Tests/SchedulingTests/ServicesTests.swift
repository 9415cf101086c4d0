import Core
import Scheduling
import Testing

@Suite struct ServicesTests {
  /// A trade that the core has never heard of.
  private struct Barber: ServicePlugin {
    let domain = "hair"
    let services = [
      Service("haircut", "Haircut", minutes: 25).with {
        $0.roles = ["receptionist"]
        $0.fields = [ServiceField("length", .number(1...90), required: true)]
        $0.operations = [ServiceOperation("dye", [ServiceField("colour", .choice(["red", "black"]), required: true)])]
      }
    ]
  }

  @Test("177: a plugin that is registered adds a service and an operation; nothing else knows of it")
  func newPlugin() throws {
    let services = Services(Services.shipped.plugins + [Barber()])
    let haircut = try #require(services.named("haircut"))
    #expect(try haircut.operation("dye").name == "dye")
    #expect(services.all.count == Services.shipped.all.count + 1)
    #expect(services.all.first { $0.service.name == "haircut" }?.domain == "hair")
    #expect(Services.shipped.named("haircut") == nil)
    #expect(Services.shipped.unknown("haircut").message.contains("general-consultation"))
  }

  @Test("176: an operation that the plugin does not have is refused with the names of those that it has")
  func missingOperation() throws {
    let fitting = try #require(Services.shipped.named("fashion-fitting"))
    let failure = #expect(throws: Failure.self) { try fitting.operation("dye") }
    #expect(failure?.code == .badRequest)
    let told = String(describing: failure?.details)
    #expect(told.contains("measure"))
  }

  @Test("176: of a service's data every field that is missing, wrong or not asked is named")
  func fields() {
    let fields = [
      ServiceField("level", .number(1...5), required: true), ServiceField("note", .text(maximum: 5)),
      ServiceField("word", .choice(["a", "b"])),
    ]
    func wrong(_ data: JSONValue) -> [String] {
      guard case .object(let members) = data else { return [] }
      return fields.problems(with: members, under: "data").map { "\($0.path) \($0.rule)" }.sorted()
    }
    #expect(wrong(["level": 3, "note": "fine", "word": "b"]) == [])
    #expect(wrong([:]) == ["data.level required"])
    #expect(
      wrong(["level": 9, "note": "too long", "word": "c", "more": 1]) == [
        "data.level range", "data.more unknown", "data.note maxLength", "data.word enum",
      ])
    #expect(wrong(["level": "3", "note": 3, "word": true]) == ["data.level type", "data.note type", "data.word enum"])
  }

  @Test("88: no service of another trade asks what healthcare asks")
  func otherTrade() throws {
    let fashion = try #require(Services.shipped.plugins.first { $0.domain == "fashion" })
    let asked = Set(
      fashion.services.flatMap { $0.fields.map(\.name) + $0.operations.flatMap { $0.fields.map(\.name) } })
    #expect(!asked.isEmpty && asked.isDisjoint(with: ["reason", "symptoms", "level", "prakriti", "dosha"]))
    #expect(fashion.services.allSatisfy { Set($0.roles).isDisjoint(with: ["doctor", "head_doctor", "nurse"]) })
  }

  @Test("178: a conflict is as severe as its overlap is long: over 30 minutes, 15, 5 and less")
  func severity() {
    typealias Severity = BookingConflict.Severity
    let found = [1, 5, 6, 15, 16, 30, 31, 600].map { Severity(overlapMinutes: $0) }
    #expect(found == [.low, .low, .medium, .medium, .high, .high, .critical, .critical])
  }
}
