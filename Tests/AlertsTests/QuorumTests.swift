@testable import Alerts
import Core
import Testing

@Suite struct QuorumTests {
  private typealias Requirement = Quorum.Requirement
  private let now = Timestamp(microseconds: 1_800_000_000_000_000)

  private func person(_ number: Int) -> UserID {
    UserID.new(at: Timestamp(microseconds: 1_800_000_000_000_000 + Int64(number)))
  }

  private func join(_ quorum: inout Quorum, _ who: UserID, _ role: String, _ skill: String? = nil) -> Quorum.Joining {
    quorum.join(who, name: "N", role: role, specialization: skill, at: now, arrivalAt: nil)
  }

  @Test("118: a place takes who fits it, once, and nobody more than are wanted")
  func places() {
    var quorum = Quorum([Requirement(label: "Nurse", role: "nurse", count: 1)])
    let nurse = person(1)
    #expect(join(&quorum, person(2), "doctor") == .notNeeded)
    #expect(join(&quorum, nurse, "nurse") == .joined)
    #expect(join(&quorum, nurse, "nurse") == .comingAlready)
    #expect(join(&quorum, person(3), "nurse") == .notNeeded)
    #expect(quorum.isComplete && quorum.filled(0) == 1)
  }

  @Test("118: whoever has the rare skill fills the place that asks for it, and a head doctor is a doctor")
  func rareSkill() {
    var quorum = Quorum([
      Requirement(label: "Doctor", role: "doctor", count: 1),
      Requirement(label: "Anaesthetist", role: "doctor", specialization: "Anaesthesia", count: 1),
    ])
    #expect(join(&quorum, person(1), "doctor", "ANAESTHESIA") == .joined)
    #expect(quorum.missing.map(\.label) == ["Doctor"])
    #expect(join(&quorum, person(2), "head_doctor") == .joined)
    #expect(quorum.isComplete)
  }

  @Test("118: arriving and withdrawing are legal for who is coming only; whatever is not in the table changes nothing")
  func moves() {
    var quorum = Quorum([Requirement(label: "Nurse", role: "nurse", count: 2)])
    let nurse = person(1)
    #expect(!quorum.apply(.arrive, by: nurse) && !quorum.apply(.withdraw, by: nurse))
    #expect(join(&quorum, nurse, "nurse") == .joined)
    #expect(quorum.apply(.arrive, by: nurse) && quorum.answers.map(\.state) == [.arrived])
    let before = quorum
    #expect(!quorum.apply(.arrive, by: nurse) && quorum == before)
    #expect(quorum.apply(.withdraw, by: nurse) && quorum.answers.isEmpty)
  }

  @Test("118: whatever people do in whatever order, no place is filled twice over and nobody fills two")
  func anySequence() throws {
    var random = SystemRandomNumberGenerator()
    let roles = ["nurse", "doctor", "head_doctor", "pharmacist"]
    let skills: [String?] = [nil, "anaesthesia", "surgery"]
    for _ in 0..<300 {
      let requirements = (0..<Int.random(in: 1...4, using: &random)).map { index in
        Requirement(
          label: "R\(index)", role: roles[Int.random(in: 0..<4, using: &random)],
          specialization: skills[Int.random(in: 0..<3, using: &random)],
          count: Int.random(in: 1...3, using: &random))
      }
      let people = (0..<8).map { index in
        (person(index), roles[Int.random(in: 0..<4, using: &random)], skills[Int.random(in: 0..<3, using: &random)])
      }
      var quorum = Quorum(requirements)
      for _ in 0..<40 {
        let (who, role, skill) = people[Int.random(in: 0..<8, using: &random)]
        let before = quorum
        switch Int.random(in: 0..<4, using: &random) {
        case 0: if !quorum.apply(.withdraw, by: who) { #expect(quorum == before) }
        case 1: if !quorum.apply(.arrive, by: who) { #expect(quorum == before) }
        default: if join(&quorum, who, role, skill) != .joined { #expect(quorum == before) }
        }
        #expect(Set(quorum.answers.map(\.person)).count == quorum.answers.count)
        for (index, requirement) in requirements.enumerated() { #expect(quorum.filled(index) <= requirement.count) }
        #expect(
          quorum.answers.allSatisfy { requirements[$0.requirement].role == $0.role || $0.role == "head_doctor" })
        // What is stored is what is read back.
        let read = try Quorum(quorum: quorum.quorumJSON.encoded, responders: quorum.respondersJSON.encoded)
        #expect(read == quorum)
      }
    }
  }

  @Test("133: those who are missing are asked at multiples of the interval from the creation, whenever it is looked")
  func dueTimes() {
    for seconds in [5, 30, 60, 3600] {
      for late in [0, 1, 4_999_999, 5_000_000, 59_999_999, 3_600_000_001] as [Int64] {
        let due = QuorumPaging.due(
          every: seconds, createdAt: now, now: Timestamp(microseconds: now.microseconds + late))
        let span = due.microseconds - now.microseconds
        #expect(span % (Int64(seconds) * 1_000_000) == 0 && span > late && span - late <= Int64(seconds) * 1_000_000)
      }
    }
  }
}
