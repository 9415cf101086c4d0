package import Core

/// One thing that can be booked, as a value: the core knows no more about it than this.
package struct Service: Sendable {
  package let name: String
  package let title: String
  /// How long it lasts unless said otherwise.
  package let minutes: Int
  /// How long its resources are taken afterwards, for whatever has to be made ready.
  package var bufferMinutes = 0
  /// The first one is meant where none is given.
  package var media: [AppointmentMedium] = [.inPerson]
  /// What it takes besides the person: each kind has to be among the resources.
  package var needs: [ResourceKind] = []
  /// Who can do it, by role.
  package var roles = ["doctor", "head_doctor"]
  /// What is asked at booking.
  package var fields: [ServiceField] = []
  /// What can be done with an appointment besides the steps that all have.
  package var operations: [ServiceOperation] = []
  /// The job queue of what follows its bookings.
  package var queue = "service"
  /// So many minutes before it begins the patient is reminded.
  package var reminderMinutes = [1440, 60]
  /// How many sessions a course of it has; one is no course.
  package var sessions = 1

  package init(_ name: String, _ title: String, minutes: Int) {
    self.name = name
    self.title = title
    self.minutes = minutes
  }

  /// The same with changes.
  package func with(_ change: (inout Service) -> Void) -> Service {
    var service = self
    change(&service)
    return service
  }
}

package enum ResourceKind: String, ChoicePrimitive { case doctor, room, equipment }

/// One question of a service: a text, a whole number, or one of some words.
package struct ServiceField: Sendable {
  package enum Kind: Sendable, Equatable {
    case text(maximum: Int)
    case number(ClosedRange<Int64>)
    case choice([String])
  }

  package let name: String
  package let kind: Kind
  package let isRequired: Bool

  package init(_ name: String, _ kind: Kind, required: Bool = false) {
    self.name = name
    self.kind = kind
    isRequired = required
  }
}

/// Something that a domain does with its appointments, under a name of its own; its data is kept, sealed.
package struct ServiceOperation: Sendable {
  package let name: String
  package let fields: [ServiceField]
  /// In which states of an appointment it can be done.
  package let states: Set<AppointmentLife.Status>

  package init(
    _ name: String, _ fields: [ServiceField],
    while states: Set<AppointmentLife.Status> = [.held, .scheduled, .confirmed, .checkedIn, .inProgress]
  ) {
    self.name = name
    self.fields = fields
    self.states = states
  }
}

/// A domain of services: registered by one line in ``Services``.
package protocol ServicePlugin: Sendable {
  /// Such as `healthcare`; the core asks for none in particular.
  var domain: String { get }
  var services: [Service] { get }
}

extension [ServiceField] {
  /// What is wrong with data for these fields, under `path`; nothing where it is as asked.
  package func problems(with data: [JSONValue.Member], under path: String) -> [FieldProblem] {
    var found: [FieldProblem] = []
    for member in data where !contains(where: { $0.name == member.key }) {
      let name = String(member.key.prefix(100))
      found.append(FieldProblem(path: "\(path).\(name)", message: "is not asked by this service", rule: "unknown"))
    }
    for field in self {
      let value = data.first { $0.key == field.name }?.value ?? .null
      if value == .null {
        if field.isRequired {
          found.append(FieldProblem(path: "\(path).\(field.name)", message: "is required", rule: "required"))
        }
      } else if let problem = field.kind.problem(with: value) {
        found.append(FieldProblem(path: "\(path).\(field.name)", message: problem.message, rule: problem.rule))
      }
    }
    return found
  }
}

extension ServiceField.Kind {
  fileprivate func problem(with value: JSONValue) -> InvalidValue? {
    switch self {
    case .text(let maximum):
      guard let text = value.text else { return InvalidValue("must be a string, not \(value.kind)", rule: "type") }
      guard !text.trimmed.isEmpty else { return InvalidValue("must not be empty", rule: "minLength") }
      guard text.unicodeScalars.count <= maximum else {
        return InvalidValue("must have at most \(maximum) characters", rule: "maxLength")
      }
    case .number(let range):
      guard let number = value.whole else {
        return InvalidValue("must be a whole number, not \(value.kind)", rule: "type")
      }
      guard range.contains(number) else {
        return InvalidValue("must be between \(range.lowerBound) and \(range.upperBound)", rule: "range")
      }
    case .choice(let words):
      guard let word = value.text, words.contains(word) else {
        return InvalidValue("must be one of \(words.joined(separator: ", "))", rule: "enum")
      }
    }
    return nil
  }
}
