import Core
package import NIOCore
import Postgres

/// One event of a hospital's numbered log.
package struct LoggedEvent: Sendable {
  package let number: Int64
  package let name: String
  package let rooms: [String]
  package let payload: ByteBuffer

  init(_ row: Row) throws {
    number = try row.decode("number")
    name = try row.decode("name")
    rooms = try row.decode("rooms", as: String.self).split(separator: " ").map(String.init)
    payload = ByteBuffer(string: try row.decode("payload", as: String.self))
  }
}
