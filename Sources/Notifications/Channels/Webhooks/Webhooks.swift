package import Operations

extension Registry {
  /// One line for each operation of services and devices.
  package mutating func registerChannels(_ platform: PlatformServices) {
    register(ListChannels.self, with: platform)
    register(UpdateChannel.self, with: platform)
    register(RegisterToken.self)
    register(ListTokens.self)
    register(UnregisterToken.self)
  }

  /// One line for each operation of endpoints that hear events.
  package mutating func registerWebhooks(_ rules: WebhookRules) {
    register(CreateWebhook.self, with: rules)
    register(ListWebhooks.self)
    register(UpdateWebhook.self, with: rules)
    register(RotateWebhookSecret.self)
    register(DeleteWebhook.self)
    register(ListWebhookDeliveries.self)
    register(RedeliverWebhook.self)
  }
}
