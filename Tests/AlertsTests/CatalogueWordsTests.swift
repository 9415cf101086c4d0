@testable import Alerts
import Core
import Testing

@Suite struct CatalogueWordsTests {
  @Test("129: steps rise, from 5 seconds to 7 days, 50 of them at most")
  func steps() throws {
    #expect(try StepSeconds(json: [5, 604_800]).values == [5, 604_800])
    let many = JSONValue.array(Array(repeating: 5, count: 51))
    let bad: [JSONValue] = [[], [4], [604_801], [9, 9], [9, 8], ["9"], [true], 9, many]
    for json in bad { #expect(throws: InvalidValue.self) { try StepSeconds(json: json) } }
  }

  @Test("115: a requirement reads back as it was written, with trimmed words")
  func quorum() throws {
    let plan = try QuorumPlan(json: [["label": " Nurses ", "role": "nurse", "count": 2]])
    #expect(plan.requirements == [.init(label: "Nurses", role: "nurse", specialization: nil, count: 2)])
    #expect(try QuorumPlan(json: plan.json) == plan)
    #expect(QuorumPlan([]).stored == nil)
  }
}
