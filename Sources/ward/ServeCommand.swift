import App
import ArgumentParser

/// Starts Ward; without a database URL with a PostgreSQL of its own.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "serve", abstract: "Start Ward.")

  @Option(help: "The address to listen on.") var host = "127.0.0.1"
  @Option(help: "The port of the API, the console and the sockets.") var port = 8080
  @Option(help: "A further port for sockets alone.") var socketPort: Int?
  @Option(help: "The folder of the private database.") var data = ".ward"
  @Flag(help: "Make the demo hospitals and accounts.") var demo = false
  @Option(help: "The certificate chain (PEM).") var tlsCertificate: String?
  @Option(help: "The certificate's private key (PEM).") var tlsKey: String?
  @Option(help: "'local' makes a certificate of its own.") var tls: String?

  func validate() throws {
    for port in [port, socketPort ?? 1] where !(0...65_535).contains(port) {
      throw ValidationError("A port is a number from 0 to 65535.")
    }
    if let tls, tls != "local" { throw ValidationError("--tls takes 'local', or use --tls-certificate and --tls-key.") }
    if (tlsCertificate == nil) != (tlsKey == nil) {
      throw ValidationError("--tls-certificate and --tls-key go together.")
    }
    if tls != nil, tlsCertificate != nil { throw ValidationError("Give either --tls local or a certificate.") }
  }

  func run() async throws {
    var tlsOption = ServeOptions.TLS.none
    if tls == "local" { tlsOption = .local }
    if let tlsCertificate, let tlsKey { tlsOption = .files(certificate: tlsCertificate, key: tlsKey) }
    let options = ServeOptions(
      host: host, port: port, socketPort: socketPort, dataFolder: data, demo: demo, tls: tlsOption)
    try await Program.run { settings, logger in
      try await Serve(settings: settings, options: options, logger: logger, say: Program.say).run()
    }
  }
}
