import Core
import Operations

/// The REST routes of a registry: fixed paths by one look-up, templates by their shape.
struct Routes: Sendable {
  private struct Entry {
    let route: Route
    let operation: RegisteredOperation
  }

  enum Match {
    case found(RegisteredOperation, parameters: [(String, String)])
    /// The path is known, the method is not; these are allowed.
    case otherMethod(allowed: [String])
    case none
  }

  private var fixed: [String: [Entry]] = [:]
  private var templates: [Int: [Entry]] = [:]

  init(_ registry: Registry) {
    for operation in registry.operations {
      let route = operation.contract.route
      let entry = Entry(route: route, operation: operation)
      if route.parameters.isEmpty {
        fixed[route.template, default: []].append(entry)
      } else {
        templates[route.segments.count, default: []].append(entry)
      }
    }
  }

  /// `path` begins after `/api/v1`.
  func match(_ method: String, _ path: String) -> Match {
    // A fixed path is never a template's: `/alerts/batch-resolution` is no alert of that id.
    if let entries = fixed[path] {
      if let entry = entries.first(where: { $0.route.method.rawValue == method }) {
        return .found(entry.operation, parameters: [])
      }
      return .otherMethod(allowed: Set(entries.map(\.route.method.rawValue)).sorted())
    }
    var allowed: Set<String> = []
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
    guard path.hasPrefix("/"), path.count(where: { $0 == "/" }) == parts.count else { return .none }
    for entry in templates[parts.count] ?? [] {
      guard let parameters = Self.parameters(entry.route, parts) else { continue }
      guard entry.route.method.rawValue == method else {
        allowed.insert(entry.route.method.rawValue)
        continue
      }
      return .found(entry.operation, parameters: parameters)
    }
    return allowed.isEmpty ? .none : .otherMethod(allowed: allowed.sorted())
  }

  private static func parameters(_ route: Route, _ parts: [Substring]) -> [(String, String)]? {
    var found: [(String, String)] = []
    for (segment, part) in zip(route.segments, parts) {
      switch segment {
      case .literal(let word): guard word == part else { return nil }
      case .parameter(let name):
        guard let value = PercentEncoding.decode(part) else { return nil }
        found.append((name, value))
      }
    }
    return found
  }
}
