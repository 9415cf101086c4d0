package import Core

/// Who an alert asks for besides its ladder ("1 anaesthetist and 2 nurses"), and who of them is coming.
///
/// Pure: what is legal is in `table`; an answer that does not fit changes nothing.
package struct Quorum: Sendable, Equatable {
  package struct Requirement: Sendable, Equatable {
    package let label: String
    package let role: String
    /// Compared without regard to case; nil takes any.
    package let specialization: String?
    package let count: Int

    package init(label: String, role: String, specialization: String? = nil, count: Int) {
      self.label = label
      self.role = role
      self.specialization = specialization
      self.count = count
    }

    /// A head doctor is a doctor, too.
    package func fits(role: String, specialization: String?) -> Bool {
      guard role == self.role || (self.role == "doctor" && role == "head_doctor") else { return false }
      return self.specialization.map { $0.lowercased() == specialization?.lowercased() } ?? true
    }
  }

  package struct Answer: Sendable, Equatable {
    package let person: UserID
    package let name: String
    package let role: String
    /// Which requirement it fills.
    package let requirement: Int
    package var state: State
    package let respondedAt: Timestamp
    package let arrivalAt: Timestamp?
  }

  package enum State: String, Sendable, CaseIterable { case coming, arrived, gone }
  package enum Move: String, Sendable, CaseIterable { case arrive, withdraw }

  /// From which state to which; who is gone is kept no longer.
  package static let table: [Move: [State: State]] = [
    .arrive: [.coming: .arrived],
    .withdraw: [.coming: .gone, .arrived: .gone],
  ]

  package enum Joining: Sendable, Equatable { case joined, comingAlready, notNeeded }

  package let requirements: [Requirement]
  package private(set) var answers: [Answer]

  package init(_ requirements: [Requirement], answers: [Answer] = []) {
    self.requirements = requirements
    self.answers = answers
  }

  package func filled(_ index: Int) -> Int { answers.count { $0.requirement == index } }
  package var isComplete: Bool { missing.isEmpty }
  /// The requirements that are not filled yet.
  package var missing: [Requirement] { open.map { requirements[$0] } }
  private var open: [Int] { requirements.indices.filter { filled($0) < requirements[$0].count } }

  package func isComing(_ person: UserID) -> Bool { answers.contains { $0.person == person } }

  /// Fills the first open requirement that fits, one that asks for a specialization before one that takes anybody:
  /// whoever can do what few can is not spent on what all can.
  package mutating func join(
    _ person: UserID, name: String, role: String, specialization: String?, at now: Timestamp, arrivalAt: Timestamp?
  ) -> Joining {
    guard !isComing(person) else { return .comingAlready }
    let fitting = open.filter { requirements[$0].fits(role: role, specialization: specialization) }
    guard let index = fitting.first(where: { requirements[$0].specialization != nil }) ?? fitting.first else {
      return .notNeeded
    }
    answers.append(
      Answer(
        person: person, name: name, role: role, requirement: index, state: .coming, respondedAt: now,
        arrivalAt: arrivalAt))
    return .joined
  }

  /// Makes the person's move; false when it is not legal.
  package mutating func apply(_ move: Move, by person: UserID) -> Bool {
    guard let index = answers.firstIndex(where: { $0.person == person }),
      let next = Self.table[move]?[answers[index].state]
    else { return false }
    answers[index].state = next
    answers.removeAll { $0.state == .gone }
    return true
  }
}

extension Quorum {
  /// From the two columns of an alert; nil when nobody in particular is asked for.
  init?(quorum: String?, responders: String) throws {
    guard let quorum, let items = try JSONParser.parse(quorum.utf8).items else { return nil }
    requirements = items.compactMap { item in
      guard let label = item["label"]?.text, let role = item["role"]?.text, let count = item["count"]?.whole else {
        return nil
      }
      return Requirement(
        label: label, role: role, specialization: item["specialization"]?.text, count: Int(clamping: count))
    }
    answers = (try JSONParser.parse(responders.utf8).items ?? []).compactMap { item in
      guard let person = item["userId"]?.text.flatMap({ UserID($0) }), let name = item["name"]?.text,
        let role = item["role"]?.text, let requirement = item["requirement"]?.whole,
        let state = item["status"]?.text.flatMap(State.init),
        let at = item["respondedAt"]?.text.flatMap({ Timestamp(rfc3339: $0) })
      else { return nil }
      return Answer(
        person: person, name: name, role: role, requirement: Int(clamping: requirement), state: state, respondedAt: at,
        arrivalAt: item["estimatedArrivalAt"]?.text.flatMap { Timestamp(rfc3339: $0) })
    }
  }

  /// The alert's `quorum`.
  var quorumJSON: JSONValue {
    .array(
      requirements.enumerated().map { index, each in
        [
          "label": .string(each.label), "role": .string(each.role),
          "specialization": each.specialization.map { .string($0) } ?? .null, "count": .integer(Int64(each.count)),
          "filled": .integer(Int64(filled(index))),
        ]
      })
  }

  /// The alert's `responders`.
  var respondersJSON: JSONValue { .array(answers.map(\.json)) }

  var missingJSON: JSONValue { .array(missing.map { .string($0.label) }) }
}

extension Quorum.Answer {
  var json: JSONValue {
    [
      "userId": .string(person.text), "name": .string(name), "role": .string(role),
      "requirement": .integer(Int64(requirement)), "status": .string(state.rawValue), "respondedAt": respondedAt.json,
      "estimatedArrivalAt": arrivalAt?.json ?? .null,
    ]
  }
}
