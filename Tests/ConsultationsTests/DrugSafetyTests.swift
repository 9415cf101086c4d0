import Core
import Testing

@testable import Consultations

struct DrugSafetyTests {
  private func reasons(_ drugs: [String], allergies: [String] = [], taken: [String] = []) -> [String] {
    DrugSafety(allergies: allergies, taken: taken).warnings(drugs).map { "\($0.drug) \($0.reason.rawValue)" }
  }

  @Test(
    "197: a drug to which the patient is allergic is found by its name and by its class",
    arguments: [
      ("Amoxicillin 500 mg", "Penicillin"), ("amoxicillin", "Amoxicillin"), ("PENICILLIN V", "Allergy to penicillins"),
      ("Ibuprofen forte", "Aspirin"), ("Cotrimoxazole", "Sulfa drugs"), ("Codeine phosphate", "Opioids"),
    ])
  func allergy(_ drug: String, _ allergy: String) { #expect(reasons([drug], allergies: [allergy]) == ["0 allergy"]) }

  @Test(
    "197: an allergy to something else is none",
    arguments: [
      ("Amoxicillin", "Nuts"), ("Paracetamol 500 mg tablets", "Ibuprofen tablets"), ("Diclofenac sodium", "Sodium"),
      ("Metoprolol tartrate", "Bee venom"),
    ])
  func noAllergy(_ drug: String, _ allergy: String) { #expect(reasons([drug], allergies: [allergy]).isEmpty) }

  @Test("197: a second drug of the same kind is a duplicate, in the prescription and beside what is taken")
  func duplicates() {
    #expect(reasons(["Atorvastatin"], taken: ["Simvastatin 20 mg"]) == ["0 duplicate"])
    #expect(reasons(["Ibuprofen", "Paracetamol", "Naproxen"]) == ["0 duplicate", "2 duplicate"])
    #expect(reasons(["Ibuprofen", "Paracetamol"], taken: ["Insulin"]).isEmpty)
    #expect(reasons(["Amoxicillin"], allergies: ["Penicillin"], taken: ["Ampicillin"]) == ["0 allergy", "0 duplicate"])
  }

  @Test("197: a page to print holds nothing that a browser would take for its own")
  func page() {
    let page = PrescriptionPage(
      hospital: "A & B", doctor: "Dr <b>", license: nil, patient: "\"><script>alert(1)</script>", birth: nil,
      issued: .init(microseconds: 0), status: "replaced",
      content: ["medications": [["name": "<img src=x>", "dosage": "1'2"]], "verificationCode": "AAAAA"]
    ).html
    #expect(!page.contains("<script") && !page.contains("<img") && !page.contains("1'2"))
    #expect(page.contains("A &amp; B") && page.contains("REPLACED") && page.contains("AAAAA"))
  }

  @Test("197: a code is read in any writing, and two are never alike")
  func codes() throws {
    let code = PrescriptionCode.random()
    #expect(code.text.count == 23)
    #expect(try PrescriptionCode(code.text.lowercased()) == code)
    #expect(try PrescriptionCode(code.text.filter { $0 != "-" }) == code)
    #expect(throws: (any Error).self) { try PrescriptionCode("7KQ2M-9TZ4D-0HXVB-3RWNU") }
    #expect(Set((0..<1000).map { _ in PrescriptionCode.random() }).count == 1000)
  }

  @Test(
    "197: how long a drug is taken is read in days",
    arguments: [("1 day", 1), ("5 days", 5), ("2 weeks", 14), ("3 months", 90)])
  func times(_ text: String, _ days: Int64) throws { #expect(try TreatmentTime(text).days == days) }
}
