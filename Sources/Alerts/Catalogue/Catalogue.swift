import Operations

extension Registry {
  /// One line for each operation of the hospital's own words: its alert types and its templates.
  mutating func registerCatalogue() {
    register(ListAlertTypes.self)
    register(CreateAlertType.self)
    register(UpdateAlertType.self)
    register(DeleteAlertType.self)
    register(ListTemplates.self)
    register(CreateTemplate.self)
    register(UpdateTemplate.self)
    register(DeleteTemplate.self)
    register(CreateAlertFromTemplate.self)
  }
}
