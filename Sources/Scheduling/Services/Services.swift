package import Core

/// Everything that can be booked: one line for each domain's plugin.
package struct Services: Sendable {
  package static let shipped = Services([
    GeneralConsultation(), VideoConsultation(), FollowUp(), Checkup(), Ayurveda(), FashionFitting(), Physiotherapy(),
  ])

  package let plugins: [any ServicePlugin]
  private let byName: [String: (domain: String, service: Service)]

  package init(_ plugins: [any ServicePlugin]) {
    self.plugins = plugins
    byName = Dictionary(
      plugins.flatMap { plugin in plugin.services.map { ($0.name, (plugin.domain, $0)) } },
      uniquingKeysWith: { first, _ in first })
  }

  package var all: [(domain: String, service: Service)] { byName.values.sorted { $0.service.name < $1.service.name } }

  package func named(_ name: String) -> Service? { byName[name]?.service }

  /// What is said about a service that no plugin has.
  package func unknown(_ name: String) -> FieldProblem {
    let known = byName.keys.sorted().joined(separator: ", ")
    return FieldProblem(path: "service", message: "is served by no plugin; there are \(known)", rule: "exists")
  }
}
