import Core
import Operations
import Secrets

/// The page behind a link in a message: one button. Looking at it does nothing, so programs that follow every link in a
/// mail answer no alert; pressing does.
package struct AnswerPage: Sendable {
  private let desk: AnswerDesk

  package init(desk: AnswerDesk) { self.desk = desk }

  package func respond(_ request: CallbackRequest) async throws -> CallbackAnswer {
    guard let link = AnswerLink(token: request.path, desk.executor.secrets) else {
      return Self.page(403, "This link is not good", "<p>It was cut short on its way, or was never one of Ward's.</p>")
    }
    guard link.expiresAt > desk.executor.clock.now else {
      return Self.page(403, "This link is over", "<p>Sign in to see what is open.</p>")
    }
    guard request.isPost else {
      return Self.page(
        200, "You are called",
        "<form method=\"post\"><button type=\"submit\">I am on my way</button></form><p>Without a press nothing "
          + "happens, and somebody else is called.</p>")
    }
    let origin = RequestOrigin(id: request.origin.id, address: request.origin.address, userAgent: "link")
    switch try await desk.follow(link, origin: origin) {
    case .acknowledged: return Self.page(200, "Thank you", "<p>The alert is yours.</p>")
    case .refused(let failure):
      return Self.page(failure.code.status, "Not any more", "<p>\(Self.escape(failure.message))</p>")
    case .nothing: return Self.page(404, "Not any more", "<p>There is no such alert.</p>")
    }
  }

  private static func page(_ status: Int, _ title: String, _ content: String) -> CallbackAnswer {
    CallbackAnswer(
      status,
      """
      <!doctype html><html lang="en"><head><meta charset="utf-8"><title>\(title)</title>
      <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"></head>
      <body><h1>\(title)</h1>\(content)</body></html>
      """, type: "text/html; charset=utf-8")
  }

  private static func escape(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
  }
}
