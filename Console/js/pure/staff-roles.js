/** The roles of those who work with patients and alerts, in the order in which they are looked for. */
export const STAFF_ROLES = [
  'nurse', 'doctor', 'head_doctor', 'medical_assistant', 'pharmacist', 'lab_technician', 'radiologist', 'operator',
  'receptionist', 'manager', 'hospital_admin',
];
