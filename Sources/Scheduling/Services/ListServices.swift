package import Core
package import NIOCore
package import Operations

/// Shows what can be booked, of every domain, with what each service asks.
package struct ListServices: ReadOperation {
  package static let contract = Contract(
    name: "appointments.getServices", route: .get("/services"), summary: "Show what can be booked",
    message: "The services.", access: .account, limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .scheduling), cache: .never)

  package func run(_ call: ReadCall) async throws -> ServiceCatalogue { ServiceCatalogue(services: .shipped) }
}

/// What there is to book, as it is shown.
package struct ServiceCatalogue: Answer {
  let services: Services

  package static var schema: JSONSchema { .object([.init("services", .array(service))]) }

  package func write(into buffer: inout ByteBuffer) {
    buffer.writeJSON(["services": .array(services.all.map { Self.json($0.service, of: $0.domain) })])
  }

  private static let service = JSONSchema.object([
    .init("name", .string()), .init("domain", .string()), .init("title", .string()), .init("minutes", .integer()),
    .init("bufferMinutes", .integer()), .init("sessions", .integer()), .init("queue", .string()),
    .init("media", .array(AppointmentMedium.schema)), .init("needs", .array(ResourceKind.schema)),
    .init("fields", .array(field)),
    .init("operations", .array(.object([.init("name", .string()), .init("fields", .array(field))]))),
  ])

  private static let field = JSONSchema.object([
    .init("name", .string()), .init("type", .choice(["text", "number", "choice"])), .init("isRequired", .boolean),
    .init("choices", .array(.string())),
  ])

  private static func json(_ service: Service, of domain: String) -> JSONValue {
    [
      "name": .string(service.name), "domain": .string(domain), "title": .string(service.title),
      "minutes": .integer(Int64(service.minutes)), "bufferMinutes": .integer(Int64(service.bufferMinutes)),
      "sessions": .integer(Int64(service.sessions)), "queue": .string(service.queue),
      "media": service.media.json, "needs": service.needs.json, "fields": .array(service.fields.map(\.json)),
      "operations": .array(
        service.operations.map { ["name": .string($0.name), "fields": .array($0.fields.map(\.json))] }),
    ]
  }
}

extension ServiceField {
  fileprivate var json: JSONValue {
    let (type, choices): (JSONValue, [JSONValue]) =
      switch kind {
      case .text: ("text", [])
      case .number: ("number", [])
      case .choice(let words): ("choice", words.map { .string($0) })
      }
    return ["name": .string(name), "type": type, "isRequired": .bool(isRequired), "choices": .array(choices)]
  }
}
