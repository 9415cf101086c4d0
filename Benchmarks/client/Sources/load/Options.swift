/// What the command line says, as `--name value`.
struct Options {
  enum Failure: Error { case unknown(String), missing(String) }

  /// How a message gets to the server: raised as an alert by HTTP, or said on a socket of its own.
  enum Publishing { case http, socket }

  var port: UInt16 = 0
  var path = "/"
  var sockets = 0
  var isSocketIO = false
  var tokens: [String] = []
  /// The arguments of `subscribe:alerts`, sent after the connect; empty for none.
  var hospital = ""
  var publishing = Publishing.socket
  var connections = 64
  /// The message; `@@@@@@@@` stands for its mark.
  var message = ""
  /// The number of the first message.
  var first = 0
  /// The file of receipts: mark, intended time, first and last receipt in microseconds of the wall clock.
  var receipts = ""

  init(_ arguments: [String]) throws {
    var rest = arguments.dropFirst()
    while let name = rest.popFirst() {
      guard let value = rest.popFirst() else { throw Failure.missing(name) }
      switch name {
      case "--port": port = UInt16(value) ?? 0
      case "--path": path = value
      case "--sockets": sockets = Int(value) ?? 0
      case "--protocol": isSocketIO = value == "socketio"
      case "--tokens": tokens = try File.read(value).split(separator: "\n").map(String.init)
      case "--hospital": hospital = value
      case "--publish": publishing = value == "http" ? .http : .socket
      case "--connections": connections = Int(value) ?? connections
      case "--message": message = try File.read(value)
      case "--first": first = Int(value) ?? 0
      case "--receipts": receipts = value
      default: throw Failure.unknown(name)
      }
    }
  }
}
