/// The passwords of a private cluster's roles, in one file of mode 0600 in the data folder.
///
/// The file has the form of a `.pgpass` file, so `PGPASSFILE=<data>/credentials psql …` works as it stands.
struct Credentials: Equatable {
  static let superuser = "postgres"
  static let owner = "ward_owner"
  static let serving = "ward_serving"

  private(set) var passwords: [String: String]
  /// Roles whose password was made by this start: the server has to be told.
  private(set) var fresh: Set<String> = []

  static func file(in dataFolder: String) -> String { dataFolder + "/credentials" }

  /// Reads the file and adds what is missing; a superuser's password is made only for a cluster that is made too.
  static func load(dataFolder: String, clusterExists: Bool, clusterFolder: String) throws -> Credentials {
    let file = file(in: dataFolder)
    var credentials = try parse(try Files.read(file) ?? "", file: file)
    if clusterExists, credentials.passwords[superuser] == nil {
      throw ClusterError.credentialsLost(folder: clusterFolder, file: file)
    }
    for role in [superuser, owner, serving] where credentials.passwords[role] == nil {
      credentials.passwords[role] = randomPassword()
      credentials.fresh.insert(role)
    }
    if !credentials.fresh.isEmpty { try Files.write(credentials.text, to: file, mode: 0o600) }
    return credentials
  }

  func password(of role: String) -> String { passwords[role] ?? "" }

  var text: String {
    "# Passwords of Ward's private PostgreSQL. Without this file the database cannot be opened.\n"
      + passwords.sorted { $0.key < $1.key }.map { "*:*:*:\($0.key):\($0.value)\n" }.joined()
  }

  static func parse(_ text: String, file: String) throws -> Credentials {
    var passwords: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      let fields = line.split(separator: ":", omittingEmptySubsequences: false)
      let password = fields.last.map(String.init) ?? ""
      // Only what Ward itself makes: such text needs no quoting in SQL, in psql's variables, or in a URL.
      guard fields.count == 5, password.count >= 16, password.utf8.allSatisfy(isPlain) else {
        throw ClusterError.malformedCredentials(file: file)
      }
      passwords[String(fields[3])] = password
    }
    return Credentials(passwords: passwords)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
  }

  /// 256 bits from the system's generator, in hexadecimal.
  private static func randomPassword() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<4).map { _ in
      let digits = String(generator.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
    .joined()
  }
}
