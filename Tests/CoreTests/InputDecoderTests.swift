import Core
import Testing

private struct Inner: Decodable {
  let email: EmailAddress
  let limit: PageLimit?
}

private struct Sample: Decodable {
  let name: NameText
  let id: HospitalID
  let limit: PageLimit?
  let flag: Bool
  let inner: Inner
  let many: [Inner]?
  let times: [Timestamp]?
}

@Suite struct InputDecoderTests {
  private func problems(_ text: String) throws -> [String: String] {
    let json = try JSONParser.parse(text.utf8)
    do throws(Failure) {
      _ = try InputDecoder.decode(Sample.self, from: json)
      return [:]
    } catch {
      let fields = error.details["fields"]?.items ?? []
      return Dictionary(
        fields.map { ($0["path"]?.text ?? "", $0["rule"]?.text ?? "") }, uniquingKeysWith: { "\($0),\($1)" })
    }
  }

  @Test("13: every bad field of an input is named at once")
  func allNamed() throws {
    let found = try problems(
      #"{"name":"","id":"x","limit":101,"inner":{"email":"nope","limit":"3"},"many":[{"email":"a@b.c"},{}],"times":["never"],"more":1}"#
    )
    #expect(
      found == [
        "name": "minLength", "id": "format", "limit": "range", "flag": "required", "inner.email": "format",
        "inner.limit": "type", "many[1].email": "required", "times": "format", "more": "unknown",
      ])
  }

  @Test("12: a missing object, a wrong type and null are named")
  func shapes() throws {
    #expect(
      try problems(#"{"name":null,"id":7,"flag":"yes","inner":[],"many":{}}"#) == [
        "name": "required", "id": "type", "flag": "type", "inner": "type", "many": "type",
      ])
    #expect(try problems("{}") == ["name": "required", "id": "required", "flag": "required", "inner": "required"])
  }

  @Test("12: a time before 1900 is refused, 1900 itself is not")
  func times() throws {
    let rest = #""name":"Ada","id":"0192f000-0000-7000-8000-000000000001","flag":true,"inner":{"email":"a@b.example"}"#
    for early in ["0001-01-01T00:00:00Z", "1899-12-31T23:59:59.999999Z", "1900-01-01T00:00:00+00:01"] {
      #expect(try problems("{\(rest),\"times\":[\"\(early)\"]}") == ["times": "range"])
    }
    for good in ["1900-01-01T00:00:00Z", "9999-12-31T23:59:59Z"] {
      #expect(try problems("{\(rest),\"times\":[\"\(good)\"]}") == [:])
    }
  }

  @Test("a good input is read as it is")
  func good() throws {
    let json = try JSONParser.parse(
      #"{"name":" Ada ","id":"0192f000-0000-7000-8000-000000000001","flag":true,"inner":{"email":" A@B.Example "}}"#
        .utf8)
    let sample = try InputDecoder.decode(Sample.self, from: json)
    #expect(sample.name.text == "Ada")
    #expect(sample.inner.email.text == "a@b.example")
    #expect(sample.limit == nil)
    #expect(sample.id.text == "0192f000-0000-7000-8000-000000000001")
  }

  @Test("the schema follows from the type")
  func schema() {
    let schema = InputDecoder.schema(of: Sample.self, closed: true)
    #expect(schema.properties.map(\.name) == ["name", "id", "limit", "flag", "inner", "many", "times"])
    #expect(schema.properties.filter(\.required).map(\.name) == ["name", "id", "flag", "inner"])
    #expect(schema.json["additionalProperties"] == false)
    let inner = schema.properties.first { $0.name == "inner" }?.schema
    #expect(inner?.properties.first?.schema.json["format"] == "email")
  }

  @Test(
    "control characters and text that turns its direction are refused",
    arguments: ["a\u{0}b", "a\u{202E}b", "\u{7F}", "a\u{1B}[0m"])
  func characters(_ text: String) {
    #expect(throws: InvalidValue.self) { try NameText(text) }
  }
}
