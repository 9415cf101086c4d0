import App
import ArgumentParser

/// Fills a development database.
struct FillCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fill", abstract: "Fill a development database with clinics, locations and invented patients.",
    discussion: "The clinics are fill-001 and on; nurse@fill-001.ward signs in with the demo's password.")

  @Option(help: "The folder of the private database.") var data = ".ward"
  @Option(help: "How many clinics, 1 to 1000.") var clinics = 200
  @Option(help: "How many locations each, 1 to 50.") var locations = 50
  @Option(help: "How many patients each at most, 0 to 100000.") var patients = 25_000
  @Option(help: "After how many seconds no further batch begins, 1 to 86400.") var seconds = 600

  func validate() throws {
    let ranges = [
      ("--clinics", clinics, 1...1000), ("--locations", locations, 1...50), ("--patients", patients, 0...100_000),
      ("--seconds", seconds, 1...86_400),
    ]
    for (name, value, range) in ranges where !range.contains(value) {
      throw ValidationError("\(name) takes \(range.lowerBound) to \(range.upperBound).")
    }
  }

  func run() async throws {
    let size = FillSize(clinics: clinics, locations: locations, patients: patients, seconds: seconds)
    try await Program.run {
      try await Fill(OwnerCommand(settings: $0, dataFolder: data, logger: $1, say: Program.say)).run(size)
    }
  }
}
