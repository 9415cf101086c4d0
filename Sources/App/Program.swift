import Core
import FoundationEssentials
import Gateway
import Glibc
package import Logging
import Telemetry
import Tenancy

/// What all commands share: settings, logging, and one clear line for every mistake.
package enum Program {
  @Sendable package static func say(_ line: String) {
    print(line)
    fflush(nil)
  }

  package static func run(_ work: (Settings, Logger) async throws -> Void) async throws {
    let settings: Settings
    do {
      settings = try Settings()
    } catch {
      throw Stopped(lines: error.problems)
    }
    let level = Logger.Level(rawValue: settings.logLevel) ?? .info
    LoggingSystem.bootstrap { JSONLogHandler(label: $0, level: level) }
    do {
      try await work(settings, Logger(label: "ward"))
    } catch let error as SettingsError {
      throw Stopped(lines: error.problems)
    } catch let stopped as Stopped {
      throw stopped
    } catch {
      throw Stopped(lines: ["\(error)"])
    }
  }
}

/// Ends the program with a line each and status 1.
package struct Stopped: Error, CustomStringConvertible {
  package let lines: [String]
  package var description: String { lines.joined(separator: "\n") }
}

/// Documents made of the registry.
package enum Document {
  package static var openAPI: String { OpenAPI(House.described, version: Binary.version).document.encoded }
  package static var roles: String { RoleTable(House.described).markdown }
  package static var typeScript: String { TypeScript(House.described).text }
}
