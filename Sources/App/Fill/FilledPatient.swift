import Core
import FoundationEssentials
import Patients
import Secrets

/// An invented patient, sealed and indexed as a real one; the same number is the same person in every run.
struct FilledPatient: Sendable {
  let id: PatientID
  let number: Int
  let sealed: [UInt8]
  let mrnFingerprint: [UInt8]
  let words: [[UInt8]]

  init(_ number: Int, of clinic: FilledClinic, _ secrets: KeyRing) throws {
    let now = Timestamp(microseconds: Int64(Date.now.timeIntervalSince1970 * 1_000_000))
    let mrn = "F\(clinic.number)-\(number + 1)"
    let record = PatientRecord([
      .mrn: .string(mrn), .name: .string(Self.name(number)), .dateOfBirth: .string(Self.birthday(number)),
      .gender: .string(number % 2 == 0 ? "female" : "male"), .phone: .string("+49 30 \(1_000_000 + number)"),
      .address: .string("\(number % 200 + 1) Garden Street, Springfield"),
      .primaryDiagnosis: .string(Self.diagnoses[number % Self.diagnoses.count]),
    ])
    let index = PatientIndex(hospital: clinic.id, secrets: secrets)
    id = PatientID.new(at: now)
    self.number = number
    sealed = try record.sealed(for: id, in: clinic.id, with: secrets)
    mrnFingerprint = index.fingerprints(ofNumber: mrn).first ?? []
    words = index.fingerprints(of: record)
  }

  /// First and last names step at different lengths, so that each pair comes about as often.
  static func name(_ number: Int) -> String {
    "\(firstNames[number % firstNames.count]) \(lastNames[(number / 7 + number * 31) % lastNames.count])"
  }

  private static func birthday(_ number: Int) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(1930 + number * 13 % 90)-\(two(number * 5 % 12 + 1))-\(two(number * 11 % 28 + 1))"
  }

  private static let diagnoses = [
    "Essential hypertension", "Type 2 diabetes", "Pneumonia", "Fracture of the femur", "Appendicitis", "Asthma",
    "Heart failure", "Migraine",
  ]
  private static let firstNames = [
    "Aaliyah", "Adrian", "Aisha", "Alberto", "Alma", "Amara", "Andrei", "Anna", "Beatriz", "Benjamin", "Carla", "Chen",
    "Clara", "Daniel", "Deepa", "Diego", "Elena", "Elias", "Emma", "Erik", "Fatima", "Felix", "Freya", "Gabriel",
    "Grace", "Hannah", "Hassan", "Helena", "Hugo", "Ida", "Ines", "Ivan", "Jakob", "Jasmin", "Johanna", "Jonas",
    "Julia", "Karim", "Katarina", "Kenji", "Lars", "Leila", "Lena", "Liam", "Linnea", "Lucas", "Maja", "Maria",
    "Mateo", "Mehmet", "Mila", "Mohammed", "Nadia", "Niklas", "Noor", "Olga", "Oscar", "Paula", "Priya", "Rahul",
    "Rosa", "Samuel", "Sara", "Sofia", "Tariq", "Thomas", "Valentina", "Viktor", "Yara", "Yusuf", "Zofia",
  ]
  private static let lastNames = [
    "Abe", "Ahmed", "Almeida", "Andersson", "Bakker", "Baptiste", "Bauer", "Becker", "Bianchi", "Borg", "Brown",
    "Castro",
    "Chaudhry", "Chen", "Costa", "Cruz", "Dahl", "Das", "Diaz", "Dubois", "Eriksen", "Evans", "Fernandez", "Ferrari",
    "Fischer", "Fontaine", "Garcia", "Ghosh", "Gomez", "Gonzalez", "Gruber", "Gupta", "Haddad", "Hansen", "Hernandez",
    "Hoffmann", "Horvat", "Hussain", "Ibrahim", "Ivanova", "Jansen", "Jensen", "Johansson", "Jovanovic", "Kaya",
    "Keller",
    "Khan", "Kim", "Kowalski", "Kumar", "Larsen", "Lefebvre", "Lopez", "Marino", "Martin", "Mbeki", "Mendez", "Meyer",
    "Moreau", "Murphy", "Nakamura", "Nguyen", "Nielsen", "Novak", "Okafor", "Olsen", "Ortega", "Park", "Patel",
    "Pereira",
    "Petrov", "Popescu", "Ramos", "Rao", "Reyes", "Ricci", "Rossi", "Ruiz", "Santos", "Sato", "Schmidt", "Schneider",
    "Sharma", "Silva", "Singh", "Smith", "Suzuki", "Tanaka", "Torres", "Tran", "Varga", "Virtanen", "Wagner", "Weber",
    "Wilson", "Yilmaz", "Zhang",
  ]
}
