import Core
import FoundationEssentials
import Identity
import Postgres
import Tenancy

/// A person to be made from the command line.
package struct NewPerson: Sendable {
  let email: String
  let name: String
  let role: String
  let hospital: String
  let password: String

  package init(email: String, name: String, role: String, hospital: String, password: String) {
    self.email = email
    self.name = name
    self.role = role
    self.hospital = hospital
    self.password = password
  }
}

/// `ward user create`: the first administrator of an installation.
package struct CreateUser: Sendable {
  private let command: OwnerCommand

  package init(_ command: OwnerCommand) { self.command = command }

  /// Throws every mistake of the input at once; an e-mail address that is taken changes nothing.
  package func run(_ person: NewPerson) async throws {
    let (email, name) = try checked(person)
    try await command.withPool("Making a person here needs", migrates: true) { pool in
      try await insert(person, email: email, name: name, pool)
    }
    command.say("\(email) is \(person.role) of \(person.hospital).")
  }

  private func checked(_ person: NewPerson) throws(SettingsError) -> (email: String, name: String) {
    var problems: [String] = []
    var email = ""
    var name = ""
    do { email = try EmailAddress(person.email).text } catch { problems.append("--email \(error.message).") }
    do { name = try NameText(person.name).text } catch { problems.append("--name \(error.message).") }
    if Role(rawValue: person.role) == nil {
      problems.append("--role must be one of \(Role.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    if !(12...1000).contains(person.password.unicodeScalars.count) {
      problems.append("The password must have 12 to 1000 characters.")
    }
    guard problems.isEmpty else { throw SettingsError(problems: problems) }
    return (email, name)
  }

  private func insert(_ person: NewPerson, email: String, name: String, _ pool: PostgresPool) async throws {
    let hasher = try PasswordHasher(threads: 1)
    let secret = try await hasher.hash(person.password)
    try await hasher.close()
    try await pool.transaction { transaction in
      let id = UserID.new(at: Timestamp(microseconds: Int64(Date.now.timeIntervalSince1970 * 1_000_000)))
      let found = try await transaction.query("SELECT id FROM hospitals WHERE subdomain = \(person.hospital)")
      guard let hospital = try found.first?.decode("id", as: HospitalID.self) else {
        throw SettingsError(problems: ["There is no hospital with the subdomain \(person.hospital)."])
      }
      let made = try await transaction.query(
        "INSERT INTO users (id, email, name) VALUES (\(id), \(email), \(name)) ON CONFLICT DO NOTHING RETURNING id")
      guard !made.isEmpty else { throw SettingsError(problems: ["There is a person with this e-mail address."]) }
      transaction.queue(
        """
        INSERT INTO credentials (user_id, kind, algorithm, secret)
        VALUES (\(id), 'password', 'argon2id', \(secret))
        """)
      transaction.queue(
        "INSERT INTO memberships (hospital_id, user_id, role) VALUES (\(hospital), \(id), \(person.role))")
    }
  }
}
