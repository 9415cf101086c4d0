import ArgumentParser
import Glibc

/// Runs the command and ends the process at once: threads of connections may still be on their way out, and a library
/// that takes itself apart under them (ICU) would end a command that did its work with signal 11.
@main
enum Main {
  static func main() async {
    await Ward.main()
    fflush(nil)
    _exit(0)
  }
}

/// The command line of Ward.
struct Ward: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ward", abstract: "The open hospital backend.", version: "0.1.0",
    subcommands: [
      ServeCommand.self, WorkCommand.self, JobsCommand.self, MigrateCommand.self, UserCommand.self, SecretsCommand.self,
      FillCommand.self, DoctorCommand.self,
      OpenAPICommand.self, TypeScriptCommand.self, RolesCommand.self,
    ])
}
