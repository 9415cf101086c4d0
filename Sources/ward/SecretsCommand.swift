import App
import ArgumentParser

/// Looks after the keys that seal what must not stand readable in the database.
struct SecretsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "secrets", abstract: "Look after the keys of sealed data.", subcommands: [Rotate.self])

  struct Rotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Seal everything under WARD_SECRET_KEY; what WARD_SECRET_KEYS_EARLIER sealed opens until then.")
    @Option(help: "The folder of the private database.") var data = ".ward"
    func run() async throws {
      try await Program.run {
        try await RotateSecrets(OwnerCommand(settings: $0, dataFolder: data, logger: $1, say: Program.say)).run()
      }
    }
  }
}
