import ArgumentParser

/// The command line of Ward.
@main
struct Ward: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ward", abstract: "The open hospital backend.", version: "0.1.0",
    subcommands: [
      ServeCommand.self, MigrateCommand.self, UserCommand.self, SecretsCommand.self, FillCommand.self,
      OpenAPICommand.self, TypeScriptCommand.self, RolesCommand.self,
    ])
}
