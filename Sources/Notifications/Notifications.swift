package import Operations

extension Registry {
  /// One line for each operation of messages; kept letters are shown in development only.
  package mutating func registerNotifications(
    _ patients: PatientLink, _ channels: ChannelDesk, isDevelopment: Bool
  ) {
    register(ListDeliveries.self)
    register(ListNotifications.self)
    register(ListUnread.self)
    register(CountUnread.self)
    register(MarkRead.self)
    register(MarkAllRead.self)
    register(GetPreferences.self)
    register(UpdatePreferences.self)
    register(ResetPreferences.self)
    register(GetDefaultPreferences.self)
    register(UpdateDefaultPreferences.self)
    register(SetPatientChannels.self, with: patients)
    register(ListMessageTemplates.self)
    register(UpdateMessageTemplate.self)
    register(DeleteMessageTemplate.self)
    register(PreviewMessageTemplate.self)
    register(SendTest.self, with: channels)
    register(GetMail.self)
    register(ListMails.self)
    register(ScheduleReminder.self, with: patients)
    register(ListReminders.self)
    register(CancelReminder.self)
    if isDevelopment { register(ShowOutbox.self) }
  }
}
