import HTTPTypes
import HummingbirdCore
import NIOCore
import Realtime

/// An answer before it goes out: its bytes are still at hand for compression.
struct Reply {
  enum Content {
    case none
    case bytes(ByteBuffer)
    case events(EventStream)
  }

  let status: HTTPResponse.Status
  var headers: HTTPFields
  var content: Content

  init(status: HTTPResponse.Status, headers: HTTPFields = [:], content: Content = .none) {
    self.status = status
    self.headers = headers
    self.content = content
  }

  var response: Response {
    let body: ResponseBody =
      switch content {
      case .none: ResponseBody()
      case .bytes(let bytes): ResponseBody(byteBuffer: bytes)
      case .events(let stream): ResponseBody(asyncSequence: stream)
      }
    return Response(status: status, headers: headers, body: body)
  }
}
