import App
import ArgumentParser

/// Applies, takes back and lists migrations.
struct MigrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate", abstract: "Change the database's schema.", subcommands: [Up.self, Down.self, Status.self])

  struct Place: ParsableArguments {
    @Option(help: "The folder of the private database.") var data = ".ward"
  }

  struct Up: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Apply what is pending.")
    @OptionGroup var place: Place
    func run() async throws {
      try await Program.run {
        try await Migrate(OwnerCommand(settings: $0, dataFolder: place.data, logger: $1, say: Program.say)).up()
      }
    }
  }

  struct Down: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Take the last step back.")
    @OptionGroup var place: Place
    @Option(help: "How many steps.") var steps = 1
    func validate() throws {
      guard (1...1000).contains(steps) else { throw ValidationError("--steps takes 1 to 1000.") }
    }
    func run() async throws {
      try await Program.run {
        try await Migrate(OwnerCommand(settings: $0, dataFolder: place.data, logger: $1, say: Program.say)).down(
          steps: steps)
      }
    }
  }

  struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List applied and pending migrations.")
    @OptionGroup var place: Place
    func run() async throws {
      try await Program.run {
        try await Migrate(OwnerCommand(settings: $0, dataFolder: place.data, logger: $1, say: Program.say)).status()
      }
    }
  }
}

/// Administers people from the command line.
struct UserCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user", abstract: "Administer people.", subcommands: [Create.self])

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a person with a role in a hospital; the password is read from standard input.")
    @Option(help: "The folder of the private database.") var data = ".ward"
    @Option(help: "The e-mail address.") var email: String
    @Option(help: "The name.") var name: String
    @Option(help: "The role, such as super_admin.") var role: String
    @Option(help: "The subdomain of the hospital.") var hospital: String
    func run() async throws {
      guard let password = readLine(strippingNewline: true) else {
        throw ValidationError("Give the password on standard input.")
      }
      let person = NewPerson(email: email, name: name, role: role, hospital: hospital, password: password)
      try await Program.run {
        try await CreateUser(OwnerCommand(settings: $0, dataFolder: data, logger: $1, say: Program.say)).run(person)
      }
    }
  }
}

/// Looks at what Ward needs and uses.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Look at everything that Ward needs and uses; status 1 when a part is not well.")
  @Option(help: "The folder of the private database.") var data = ".ward"
  func run() async throws {
    try await Program.run {
      try await Doctor(settings: $0, dataFolder: data, logger: $1, say: Program.say).run()
    }
  }
}

/// Prints the OpenAPI document.
struct OpenAPICommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "openapi", abstract: "Print OpenAPI 3.1 of the API.")
  func run() throws { print(Document.openAPI) }
}

/// Prints the TypeScript types.
struct TypeScriptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "typescript", abstract: "Print TypeScript types of the API, without imports, for tsc 4.8 and later.")
  func run() throws { print(Document.typeScript, terminator: "") }
}

/// Prints the table of roles.
struct RolesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roles", abstract: "Print who may do what, as Markdown: Docs/roles.md.")
  func run() throws { print(Document.roles, terminator: "") }
}
