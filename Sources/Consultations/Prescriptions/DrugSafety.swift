/// What speaks against a drug, by its name: an allergy, or something alike that is taken already.
///
/// Names are compared by their words, and by the classes in which drugs share what they do and what is not borne of them.
/// It knows the common ones; it helps a doctor to think and decides nothing for him.
struct DrugSafety: Sendable {
  enum Reason: String, Sendable, CaseIterable { case allergy, duplicate }

  struct Warning: Sendable, Equatable, Hashable {
    /// Which of the prescribed drugs.
    let drug: Int
    let reason: Reason
  }

  /// What the patient does not bear.
  var allergies: [String] = []
  /// What he takes already.
  var taken: [String] = []

  func warnings(_ drugs: [String]) -> [Warning] {
    let spoken = drugs.map(Substance.init)
    let notBorne = allergies.map(Substance.init)
    let before = taken.map(Substance.init)
    var found: [Warning] = []
    for (index, drug) in spoken.enumerated() {
      if notBorne.contains(where: drug.isAlike) { found.append(Warning(drug: index, reason: .allergy)) }
      let others = before + spoken.enumerated().filter { $0.offset != index }.map(\.element)
      if others.contains(where: drug.isAlike) { found.append(Warning(drug: index, reason: .duplicate)) }
    }
    return found
  }

  /// A drug's name as words and classes.
  private struct Substance {
    let words: Set<String>
    let classes: Set<String>

    init(_ name: String) {
      let words = Self.words(of: name)
      self.words = words.subtracting(DrugSafety.fillers)
      classes = Set(
        DrugSafety.classes.filter { group, members in
          !members.isDisjoint(with: words) || words.contains(group) || words.contains(group + "s")
        }.keys)
    }

    func isAlike(_ other: Substance) -> Bool {
      !words.isDisjoint(with: other.words) || !classes.isDisjoint(with: other.classes)
    }

    private static func words(of name: String) -> Set<String> {
      Set(name.lowercased().split(whereSeparator: { !$0.isLetter }).filter { $0.count >= 4 }.map(String.init))
    }
  }

  /// Words of a name that are no substance.
  private static let fillers: Set<String> = [
    "tablet", "tablets", "capsule", "capsules", "syrup", "drops", "cream", "ointment", "injection", "solution",
    "suspension", "acid", "sodium", "potassium", "calcium", "hydrochloride", "sulfate", "sulphate", "forte", "retard",
    "plus", "with", "oral", "unit", "units", "allergy", "hydrate", "maleate", "tartrate", "phosphate", "drug", "drugs",
  ]

  private static let classes: [String: Set<String>] = [
    "penicillin": [
      "penicillin", "amoxicillin", "ampicillin", "flucloxacillin", "cloxacillin", "dicloxacillin", "piperacillin",
      "augmentin", "pivmecillinam",
    ],
    "cephalosporin": ["cefalexin", "cephalexin", "cefuroxime", "cefixime", "ceftriaxone", "cefotaxime", "cefazolin"],
    "sulfonamide": ["sulfamethoxazole", "cotrimoxazole", "sulfadiazine", "sulfasalazine", "bactrim", "sulfa"],
    "macrolide": ["erythromycin", "clarithromycin", "azithromycin", "roxithromycin"],
    "quinolone": ["ciprofloxacin", "levofloxacin", "moxifloxacin", "ofloxacin", "norfloxacin"],
    "nsaid": [
      "ibuprofen", "diclofenac", "naproxen", "aspirin", "acetylsalicylic", "ketorolac", "indometacin", "indomethacin",
      "meloxicam", "etoricoxib", "celecoxib",
    ],
    "statin": ["atorvastatin", "simvastatin", "rosuvastatin", "pravastatin", "fluvastatin"],
    "opioid": ["morphine", "codeine", "tramadol", "oxycodone", "fentanyl", "hydromorphone", "tapentadol"],
    "betablocker": ["metoprolol", "bisoprolol", "atenolol", "propranolol", "carvedilol", "nebivolol"],
    "ace": ["enalapril", "lisinopril", "ramipril", "captopril", "perindopril"],
    "sartan": ["losartan", "valsartan", "candesartan", "telmisartan", "irbesartan", "olmesartan"],
    "ppi": ["omeprazole", "pantoprazole", "esomeprazole", "lansoprazole", "rabeprazole"],
    "ssri": ["sertraline", "fluoxetine", "citalopram", "escitalopram", "paroxetine"],
    "benzodiazepine": ["diazepam", "lorazepam", "alprazolam", "clonazepam", "midazolam", "oxazepam"],
    "anticoagulant": ["warfarin", "phenprocoumon", "rivaroxaban", "apixaban", "dabigatran", "edoxaban"],
    "paracetamol": ["paracetamol", "acetaminophen"],
    "biguanide": ["metformin"],
  ]
}
