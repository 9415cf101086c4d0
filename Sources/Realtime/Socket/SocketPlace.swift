import NIOCore

/// What any node needs to give a returning client its socket back: its public id and what it had subscribed to.
package struct SocketPlace: Sendable {
  package var sid: String
  package var subscriptions: [SocketSubscription]

  init(sid: String, subscriptions: [SocketSubscription]) {
    self.sid = sid
    self.subscriptions = subscriptions
  }

  /// From `[["subscribe:…", argument, …], …]`; nil for anything else.
  init?(sid: String, text: String) {
    guard let all = JSONScanner.elements(of: ByteBuffer(string: text), limit: 1024) else { return nil }
    self.init(sid: sid, subscriptions: [])
    for each in all {
      guard let parts = JSONScanner.elements(of: each), let event = parts.first.flatMap(JSONText.string) else {
        return nil
      }
      subscriptions.append(SocketSubscription(event: event, arguments: Array(parts.dropFirst()), rooms: []))
    }
  }

  /// The rooms are left out: they are decided anew.
  var text: String {
    var buffer = ByteBuffer(staticString: "[")
    for (position, subscription) in subscriptions.enumerated() {
      buffer.writeStaticString(position == 0 ? "[" : ",[")
      JSONText.write(subscription.event, into: &buffer)
      for argument in subscription.arguments {
        buffer.writeStaticString(",")
        buffer.writeImmutableBuffer(argument)
      }
      buffer.writeStaticString("]")
    }
    buffer.writeStaticString("]")
    return String(buffer: buffer)
  }
}

/// What is known about a private id on all nodes.
package enum SocketRecall: Sendable {
  case found(SocketPlace)
  /// Nobody has subscribed to anything under it, or has left for good.
  case nothing
  /// Nobody can tell now; what this node knows itself is all there is.
  case unknown
}

/// Where what sockets are subscribed to is kept for all nodes. Without one every node knows its own sockets alone.
package struct SocketMemory: Sendable {
  /// False when it could not be kept.
  package var keep: @Sendable (_ pid: String, _ userId: String, _ place: SocketPlace) async -> Bool = { _, _, _ in true
  }
  package var recall: @Sendable (_ pid: String, _ userId: String) async -> SocketRecall = { _, _ in .unknown }
  package var forget: @Sendable (_ pid: String, _ userId: String) async -> Void = { _, _ in }

  package init() {}
}
