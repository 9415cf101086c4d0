/** The pages of an administration, of patients and of staff. */
import { accessReviewsView } from '../views/access-reviews.js';
import { departmentsView } from '../views/departments.js';
import { directoryView } from '../views/directory.js';
import { handoversView } from '../views/handovers.js';
import { hospitalView } from '../views/hospital.js';
import { importsView } from '../views/imports.js';
import { invitationsView } from '../views/invitations.js';
import { locationsView } from '../views/locations.js';
import { membersView } from '../views/members.js';
import { myRecordView } from '../views/my-record.js';
import { onCallView } from '../views/on-call.js';
import { patientView } from '../views/patient.js';
import { patientsView } from '../views/patients.js';
import { permissionsView } from '../views/permissions.js';
import { readinessView } from '../views/readiness.js';
import { roomsView } from '../views/rooms.js';
import { shiftsView } from '../views/shifts.js';

export const ROOM_VIEWS = {
  members: membersView,
  invitations: invitationsView,
  hospital: hospitalView,
  departments: departmentsView,
  locations: locationsView,
  rooms: roomsView,
  permissions: permissionsView,
  patients: patientsView,
  patient: patientView,
  myRecord: myRecordView,
  directory: directoryView,
  onCall: onCallView,
  shifts: shiftsView,
  imports: importsView,
  handovers: handoversView,
  readiness: readinessView,
  accessReviews: accessReviewsView,
};
