/// What `ward serve` was told on its command line.
package struct ServeOptions: Sendable {
  package enum TLS: Sendable, Equatable {
    case none
    /// A certificate of our own.
    case local
    case files(certificate: String, key: String)
  }

  package var host: String
  package var port: Int
  package var socketPort: Int?
  package var dataFolder: String
  package var demo: Bool
  package var tls: TLS

  package init(host: String, port: Int, socketPort: Int?, dataFolder: String, demo: Bool, tls: TLS) {
    self.host = host
    self.port = port
    self.socketPort = socketPort
    self.dataFolder = dataFolder
    self.demo = demo
    self.tls = tls
  }
}
