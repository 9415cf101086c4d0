/** The pages of appointments. */
import { bookingHoursView } from '../views/booking-hours.js';
import { doctorDayView } from '../views/doctor-day.js';
import { myAppointmentsView } from '../views/my-appointments.js';
import { pharmacyView } from '../views/pharmacy.js';
import { ownPrescriptionView, prescriptionView } from '../views/prescription.js';
import { receptionView } from '../views/reception.js';
import { visitView } from '../views/visit.js';

export const DESK_VIEWS = {
  reception: receptionView,
  doctorDay: doctorDayView,
  bookingHours: bookingHoursView,
  myAppointments: myAppointmentsView,
  pharmacy: pharmacyView,
  visit: visitView,
  prescription: prescriptionView,
  ownPrescription: ownPrescriptionView,
};
