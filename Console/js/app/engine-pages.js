/** The pages of what carries messages. */
import { channelsView } from '../views/channels.js';
import { defaultPreferencesView } from '../views/default-preferences.js';
import { mailsView } from '../views/mails.js';
import { messagesView } from '../views/messages.js';
import { notificationsView } from '../views/notifications.js';
import { preferencesView } from '../views/preferences.js';
import { queueDashboardView } from '../views/queue-dashboard.js';
import { webhooksView } from '../views/webhooks.js';

export const ENGINE_VIEWS = {
  notifications: notificationsView,
  preferences: preferencesView,
  defaults: defaultPreferencesView,
  channels: channelsView,
  mails: mailsView,
  messages: messagesView,
  queues: queueDashboardView,
  webhooks: webhooksView,
};
