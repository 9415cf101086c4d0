package import Core
package import Secrets

/// The blind index: keyed fingerprints of the words by which a patient is looked for.
///
/// A name is found by the beginnings of its words, from three letters (a shorter word by itself), small and large
/// letters and accents alike; a record number and a day of birth by the whole of it. Each fingerprint is bound to its
/// hospital, so that equal names in two hospitals do not look alike.
package struct PatientIndex: Sendable {
  static let shortest = 3
  static let longest = 20

  private let hospital: HospitalID
  private let secrets: KeyRing

  package init(hospital: HospitalID, secrets: KeyRing) {
    self.hospital = hospital
    self.secrets = secrets
  }

  /// Everything under which the record is found, by the newest key.
  package func fingerprints(of record: PatientRecord) -> [[UInt8]] {
    var words = Set(Self.words(of: record.name).flatMap(Self.beginnings))
    words.insert(Self.digits(of: record.mrn))
    if let birth = record[.dateOfBirth]?.text { words.insert(Self.digits(of: birth)) }
    words.remove("")
    return words.sorted().compactMap { secrets.fingerprints(of: place($0), for: .patientIndex).first }
  }

  /// Of a record number, by every key of the ring, the newest first.
  package func fingerprints(ofNumber mrn: String) -> [[UInt8]] {
    secrets.fingerprints(of: "\(hospital.text) mrn \(mrn.uppercased())", for: .patientIndex)
  }

  /// For each word that is looked for its fingerprints by every key; a patient has to be found under each of them.
  /// Numbers come first, then long words: they are likely those that few have.
  package func search(_ text: String) -> [[[UInt8]]] {
    let terms = text.split(whereSeparator: \.isWhitespace).flatMap { part -> [String] in
      Self.isNumber(String(part))
        ? [Self.digits(of: String(part))] : Self.terms(of: String(part))
    }
    var known: Set<String> = []
    let wanted = terms.filter { !$0.isEmpty && known.insert($0).inserted }.prefix(8)
    let rarest = wanted.sorted { (Self.isNumber($0) ? 1 : 0, $0.count, $0) > (Self.isNumber($1) ? 1 : 0, $1.count, $1) }
    return rarest.map { secrets.fingerprints(of: place($0), for: .patientIndex) }
  }

  private static func isNumber(_ term: String) -> Bool {
    term.unicodeScalars.contains { $0.properties.numericType != nil }
  }

  private func place(_ word: String) -> String { "\(hospital.text) word \(word)" }

  static func beginnings(of word: String) -> [String] {
    let letters = word.prefix(longest)
    guard letters.count > shortest else { return [String(letters)] }
    return (shortest...letters.count).map { String(letters.prefix($0)) }
  }

  /// The words of a name, folded; a word with umlauts also as it is spelt without (`Müller`, `Mueller`).
  static func words(of name: String) -> [String] { terms(of: name) + terms(of: name, spelling: true) }

  static func terms(of text: String, spelling: Bool = false) -> [String] {
    var words: [String] = []
    var word = ""
    for scalar in text.lowercased().unicodeScalars {
      let folded = Folding.fold(scalar, spelling: spelling)
      if let folded {
        word += folded
      } else if !word.isEmpty {
        words.append(String(word.prefix(longest)))
        word = ""
      }
    }
    if !word.isEmpty { words.append(String(word.prefix(longest))) }
    return words
  }

  /// Letters and digits alone: `WARD-2026-00042` is `ward202600042`.
  static func digits(of text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }))
  }
}

/// Letters without their accents.
enum Folding {
  /// The letter or letters that a scalar counts as; empty for a mark above or below one, nil between words.
  static func fold(_ scalar: Unicode.Scalar, spelling: Bool) -> String? {
    if scalar.isASCII { return scalar.properties.isAlphabetic ? String(scalar) : nil }
    if spelling, let spelt = spellings[scalar] { return spelt }
    if let special = specials[scalar] { return special }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return ""
    case .lowercaseLetter, .otherLetter, .modifierLetter, .titlecaseLetter, .uppercaseLetter, .spacingMark:
      return base(of: scalar) ?? String(scalar)
    default: return scalar == "\u{2019}" ? "" : nil
    }
  }

  /// Of "LATIN SMALL LETTER E WITH ACUTE" the E: the Unicode name tells what an accent stands on.
  private static func base(of scalar: Unicode.Scalar) -> String? {
    let start = "LATIN SMALL LETTER "
    guard let name = scalar.properties.name, name.hasPrefix(start) else { return nil }
    let words = name.dropFirst(start.count).split(separator: " ")
    guard words.count > 2, words[1] == "WITH", words[0].utf8.count == 1 else { return nil }
    return words[0].lowercased()
  }

  private static let specials: [Unicode.Scalar: String] = [
    "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ĳ": "ij",
  ]
  private static let spellings: [Unicode.Scalar: String] = [
    "ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe",
  ]
}
