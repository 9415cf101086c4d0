import Crypto
import FoundationEssentials

/// The answer that proves to a client that its WebSocket handshake was understood (RFC 6455, 4.2.2).
enum WebSocketAccept {
  static func value(for key: String) -> String {
    var hash = Insecure.SHA1()
    hash.update(data: Data(key.utf8))
    hash.update(data: Data("258EAFA5-E914-47DA-95CA-C5AB0DC85B11".utf8))
    return Data(hash.finalize()).base64EncodedString()
  }
}
