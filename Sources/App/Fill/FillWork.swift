import Core
import FoundationEssentials

/// A clinic of `ward fill`.
struct FilledClinic: Sendable {
  let number: Int
  let id: HospitalID
  let departments: [UUID]
  /// How many patients it has already.
  let patients: Int

  /// `fill-001`: the clinic's subdomain.
  static func name(_ number: Int) -> String {
    let digits = String(number)
    return "fill-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }
}

/// What is left to do: batches of patients, clinic by clinic, round after round.
actor FillWork {
  struct Portion: Sendable {
    let clinic: FilledClinic
    let numbers: Range<Int>
  }

  private let clinics: [FilledClinic]
  private let wanted: Int
  private let batch: Int
  private var reached: [Int]
  private var turn = 0

  init(_ clinics: [FilledClinic], wanted: Int, batch: Int) {
    self.clinics = clinics
    self.wanted = wanted
    self.batch = batch
    reached = clinics.map(\.patients)
  }

  /// The next batch of the next clinic that wants any; nil when all are full.
  func next() -> Portion? {
    for _ in clinics {
      let place = turn
      turn = (turn + 1) % clinics.count
      let start = reached[place]
      guard start < wanted else { continue }
      reached[place] = min(wanted, start + batch)
      return Portion(clinic: clinics[place], numbers: start..<reached[place])
    }
    return nil
  }
}
