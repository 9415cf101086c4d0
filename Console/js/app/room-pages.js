/** The pages of an administration, of patients and of staff. */
import { invitationsView } from '../views/invitations.js';
import { membersView } from '../views/members.js';

export const ROOM_VIEWS = {
  members: membersView,
  invitations: invitationsView,
};
