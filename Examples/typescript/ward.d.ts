/* Ward's API. Printed by `ward typescript`; not to be edited by hand. */

/** Which part of a list an answer holds; `next` is the cursor of what follows. */
export interface PageInfo {
  total: number;
  limit: number;
  offset: number;
  next: string | null;
}

export interface Page<Item> {
  items: Item[];
  page: PageInfo;
}

/** What a failed REST call answers. */
export interface WardError {
  error: string;
  code: string;
  details: {
    fields?: Array<{ path: string; message: string; rule: string }>;
    requiredPermission?: string;
    userPermissions?: string[];
    [name: string]: unknown;
  };
}

export interface Access {
  id: string;
  occurredAt: string;
  action: string;
  actorKind: string;
  actorId: string | null;
  actorName: string | null;
  actorRole: string | null;
  requestId: string | null;
}

export interface AccessReview {
  id: string;
  patientId: string;
  userId: string;
  userName: string;
  reason: string;
  grantedAt: string;
  expiresAt: string;
  verdict: string | null;
  reviewedBy: string | null;
  reviewedAt: string | null;
  reviewNote: string | null;
}

export interface ActiveEscalations {
  byTier: Array<{ tier: number; count: number; }>;
  overdue: number;
  next: Array<{ id: string; roomNumber: string; title: string; urgencyLevel: number; escalationTier: number; nextEscalationAt: string; }>;
}

export interface AdminAnalytics {
  since: string;
  users: number;
  active: number;
  inactive: number;
  suspended: number;
  onDuty: number;
  newUsers: number;
  signIns: number;
  signedInPeople: number;
  refusals: number;
  changes: number;
  byRole: Array<{ role: string; active: number; }>;
}

export interface Alert {
  id: string;
  hospitalId: string;
  departmentId: string | null;
  roomNumber: string;
  alertType: string;
  title: string;
  description: string | null;
  urgencyLevel: number;
  priority: string;
  status: string;
  escalationTier: number;
  nextEscalationAt: string | null;
  acknowledgedBy: string | null;
  acknowledgedByName: string | null;
  acknowledgedAt: string | null;
  resolvedBy: string | null;
  resolvedAt: string | null;
  resolution: string | null;
  createdBy: string | null;
  createdByName: string | null;
  createdAt: string;
  updatedAt: string;
  expiresAt: string | null;
  version: number;
  responseAction: string | null;
  estimatedArrivalAt: string | null;
  delegatedTo: string | null;
  delegatedToName: string | null;
  quorum: Array<{ label: string; role: string; specialization: string | null; count: number; filled: number; }> | null;
  responders: Array<{ userId: string; name: string; role: string; requirement: number | null; status: "coming" | "arrived"; respondedAt: string; estimatedArrivalAt: string | null; }>;
  repeatCount: number;
  lastRepeatAt: string | null;
  repeatOf: string | null;
}

export interface AlertBucket {
  startsAt: string;
  alerts: number;
  critical: number;
  acknowledged: number;
  resolved: number;
  escalations: number;
  averageAcknowledgeSeconds: number | null;
}

export interface AlertMetrics {
  activeAlerts: number;
  acknowledgedAlerts: number;
  raised: number;
  resolved: number;
  escalations: number;
  onDutyStaff: number;
  averageAcknowledgeSeconds: number | null;
}

export interface AlertStats {
  active: number;
  acknowledged: number;
  raised24h: number;
  resolved24h: number;
  cancelled24h: number;
  expired24h: number;
  averageAcknowledgeSeconds24h: number | null;
  openByUrgency: Array<{ urgencyLevel: number; count: number; }>;
}

export interface AlertTemplate {
  id: string;
  name: string;
  alertType: string;
  urgencyLevel: number;
  defaultDescription: string | null;
  departmentId: string | null;
  icon: string | null;
  color: string | null;
  version: number;
}

export interface AlertType {
  code: string;
  title: string;
  class: string;
  defaultUrgency: number;
  requiresConfirmation: boolean;
  isActive: boolean;
  position: number;
  mergeWindowSeconds: number;
  quorum: Array<{ label: string; role: "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "medical_assistant" | "operator"; specialization?: string | null; count: number; }> | null;
  quorumRepageSeconds: number;
  version: number;
}

export interface Allergy {
  id: string;
  patientId: string;
  substance: string;
  reaction: string | null;
  severity: "mild" | "moderate" | "severe";
  standing: "active" | "inactive";
  notes: string | null;
  createdBy: string;
  createdAt: string;
  updatedAt: string;
  version: number;
}

export interface Alternatives {
  alternatives: Array<{ doctorId: string; startsAt: string; endsAt: string; score: number; label: "preferred" | "available" | "possible"; wishes: number; }>;
}

export interface ApiKey {
  id: string;
  name: string;
  prefix: string;
  scopes: unknown;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

export interface Appointment {
  id: string;
  hospitalId: string;
  patientId: string;
  doctorId: string;
  doctorName: string | null;
  locationId: string | null;
  service: string;
  medium: string;
  priority: string;
  status: string;
  holdEndsAt: string | null;
  startsAt: string;
  endsAt: string;
  resourceIds: Array<string>;
  feeMinor: number | null;
  currency: string | null;
  details: Record<string, unknown> | null;
  records: Record<string, unknown> | null;
  isOverride: boolean;
  overrideReason: string | null;
  overrideBy: string | null;
  cancelCause: string | null;
  cancelReason: string | null;
  seriesId: string | null;
  courseId: string | null;
  checkedInAt: string | null;
  startedAt: string | null;
  endedAt: string | null;
  createdBy: string | null;
  createdAt: string;
  updatedAt: string;
  version: number;
}

export interface AppointmentStep {
  id: string;
  at: string;
  step: string;
  status: string;
  startsAt: string;
  endsAt: string;
  reason: string | null;
  actorId: string | null;
  actorName: string | null;
}

export interface AvailabilityAnswer {
  doctorId: string;
  startsAt: string;
  endsAt: string;
  isAvailable: boolean;
  conflicts: Array<{ kind: "doctor_unavailable" | "time_overlap" | "business_rule"; startsAt: string; endsAt: string; severity: "low" | "medium" | "high" | "critical"; }>;
}

export interface AvailabilityException {
  id: string;
  doctorId: string;
  kind: "off" | "extra";
  from: string;
  to: string;
  locationId: string | null;
  title: string | null;
  createdAt: string;
}

export interface AvailabilityOverview {
  doctorId: string;
  days: Array<{ date: string; minutes: number; }>;
  appointmentsOutside: Array<string>;
  computedAt: string | null;
}

export interface Bookable {
  id: string;
  kind: string;
  userId: string | null;
  name: string | null;
  locationId: string | null;
  capacity: number;
  averageMinutes: number;
  feeMinor: number | null;
  isActive: boolean;
  createdAt: string;
  updatedAt: string;
  version: number;
}

export interface BookingLink {
  id: string;
  doctorId: string;
  service: string;
  expiresAt: string;
  revokedAt: string | null;
  bookings: number;
  mostBookings: number;
  createdBy: string | null;
  createdAt: string;
}

export interface BookingPreferences {
  patientId: string;
  doctorId: string | null;
  weekdays: Array<number>;
  earliest: string | null;
  latest: string | null;
  version: number;
}

export interface Broker {
  isConfigured: boolean;
  isConnected: boolean;
  connections: number;
  trouble: string | null;
  channels: { open: number; publishing: number; limit: number; };
  queues: Array<{ name: string; exchange: string; routingKey: string; isBound: boolean | null; messages: number; consumers: number; }>;
}

export interface Bundle {
  id: string;
  patientId: string;
  status: string;
  failedStep: number | null;
  problem: unknown;
  steps: Array<{ number: number; doctorId: string; service: string; startsAt: string; minutes: number | null; appointmentId: string | null; }>;
  createdAt: string;
  updatedAt: string;
}

export interface CacheFigures {
  memoryHits: number;
  redisHits: number;
  misses: number;
  hitRatio: number;
  values: number;
  bytes: number;
  maximumBytes: number;
  evicted: number;
  breaker: string | null;
  redisConnections: number | null;
  redisMaximum: number | null;
  redisOpened: number | null;
  redisFailures: number | null;
}

export interface Connection {
  id: string;
  transport: string;
  connectedAt: string;
  address: string;
  userAgent: string;
  userId: string;
  name: string | null;
}

export interface Consultation {
  id: string;
  patientId: string;
  doctorId: string;
  doctorName: string | null;
  scheduledAt: string;
  endsAt: string;
  type: "in_person" | "video" | "audio" | "chat";
  status: "held" | "scheduled" | "confirmed" | "checked_in" | "in_progress" | "completed" | "cancelled" | "no_show" | "expired";
  symptoms: string | null;
  feeMinor: number | null;
  currency: string | null;
  startedAt: string | null;
  endedAt: string | null;
  cancelReason: string | null;
  createdAt: string;
  updatedAt: string;
  version: number;
}

export interface Course {
  id: string;
  patientId: string;
  doctorId: string;
  service: string;
  minutes: number;
  locationId: string | null;
  sessions: number;
  everyDays: number;
  status: string;
  sessionStates: Array<{ number: number; plannedAt: string; status: "planned" | "booked" | "failed" | "completed" | "cancelled"; appointmentId: string | null; }>;
  version: number;
  createdAt: string;
  updatedAt: string;
}

export interface CurrentOnCall {
  at: string;
  schedules: Array<{ scheduleId: string; name: string; departmentId: string | null; role: string | null; person: { userId: string; userName: string; source: "override" | "rotation"; layer: number | null; overrideId: string | null; } | null; }>;
}

export interface Delivery {
  id: string;
  userId: string | null;
  userName: string | null;
  tier: number | null;
  kind: string;
  channel: string;
  status: string;
  reason: string | null;
  attempts: number;
  createdAt: string;
  sentAt: string | null;
  deliveredAt: string | null;
  readAt: string | null;
  endedAt: string | null;
  secondsAfterAlert: number | null;
}

export interface Department {
  id: string;
  name: string;
  code: string;
  locationId: string | null;
  isActive: boolean;
  version: number;
}

export interface Doctor {
  id: string;
  name: string;
  role: string;
  departmentId: string | null;
  specialization: string | null;
  qualification: string | null;
  experienceYears: number | null;
  bio: string | null;
  isOnDuty: boolean;
}

export interface DoctorHours {
  doctorId: string;
  timeZone: string;
  isActive: boolean;
  averageMinutes: number;
  capacity: number;
  feeMinor: number | null;
  currency: string | null;
  hours: Array<{ day: number; start: string; end: string; locationId: string | null; averageMinutes: number | null; isActive: boolean; from: string | null; until: string | null; }>;
  version: number;
}

export interface DoctorListing {
  id: string;
  name: string;
  departmentId: string | null;
  specialization: string | null;
  qualification: string | null;
  experienceYears: number | null;
  bio: string | null;
  rating: number | null;
  ratings: number;
  feeMinor: number | null;
  isAvailable: boolean;
  isOnDuty: boolean;
}

export interface DoctorProfile {
  userId: string;
  licenseNumber: string | null;
  specialization: string | null;
  qualification: string | null;
  experienceYears: number | null;
  bio: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface Duty {
  userId: string;
  role: string;
  departmentId: string | null;
  isOnDuty: boolean;
  shiftStartedAt: string | null;
  warnings: Array<"rest_under_8_hours" | "on_duty_over_24_hours">;
}

export interface EndedShift {
  userId: string;
  isOnDuty: boolean;
  handoverId: string;
}

export interface Escalation {
  id: string;
  fromTier: number;
  toTier: number;
  reason: string;
  dueAt: string;
  escalatedAt: string;
  actorId: string | null;
  actorName: string | null;
}

export interface EscalationStatus {
  alertId: string;
  status: string;
  tier: number;
  lastTier: number;
  repeats: boolean;
  nextEscalationAt: string | null;
  remainingSeconds: number | null;
}

export interface Fatigue {
  departmentId: string | null;
  departmentName: string | null;
  shift: string;
  interruptions: number;
  staffHours: number;
  interruptionsPerStaffHour: number | null;
  alerts: number;
  actedOn: number;
  shareActedOn: number | null;
  repeatsMerged: number;
  acknowledgeP50Seconds: number | null;
  acknowledgeP95Seconds: number | null;
}

export interface FollowUp {
  id: string;
  appointmentId: string;
  patientId: string;
  doctorId: string;
  type: string;
  afterDays: number;
  status: string;
  dueAt: string | null;
  nextAppointmentId: string | null;
  version: number;
  createdBy: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface GenuinePrescription {
  isValid: boolean;
  status: "active" | "replaced" | "cancelled";
  isDispensed: boolean;
  issuedAt: string;
  doctorName: string;
  hospitalName: string;
}

export interface Handover {
  id: string;
  fromUserId: string;
  fromUserName: string;
  toUserId: string | null;
  toUserName: string | null;
  departmentId: string | null;
  notes: string;
  followUps: Array<string>;
  alertIds: Array<string>;
  criticalAlertIds: Array<string>;
  status: string;
  createdAt: string;
  expiresAt: string;
  answeredBy: string | null;
  answeredByName: string | null;
  answeredAt: string | null;
  acknowledgment: string | null;
}

export interface HandoverAnswer {
  id: string;
  status: string;
  answeredBy: string | null;
  answeredAt: string | null;
}

export interface HandoverMetrics {
  handovers: number;
  pending: number;
  accepted: number;
  declined: number;
  expired: number;
  alertsHandedOver: number;
  averageAcceptanceSeconds: number | null;
}

export interface Hospital {
  id: string;
  organizationId: string;
  name: string;
  type: string;
  subdomain: string;
  timeZone: string;
  currency: string | null;
  isActive: boolean;
  nursesResolve: boolean;
  restrictRecords: boolean;
  idleMinutes: number | null;
  licenseNumber: string | null;
  taxNumber: string | null;
  email: string | null;
  phone: string | null;
  address: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface ImagingReport {
  id: string;
  patientId: string;
  modality: "xray" | "ct" | "mri" | "ultrasound" | "mammography" | "nuclear" | "other";
  bodyPart: string;
  findings: string;
  impression: string | null;
  takenAt: string;
  createdBy: string;
  createdAt: string;
  updatedAt: string;
  version: number;
}

export interface Invitation {
  id: string;
  email: string;
  role: string;
  departmentId: string | null;
  invitedBy: string;
  createdAt: string;
  expiresAt: string;
  acceptedAt: string | null;
  revokedAt: string | null;
}

export interface Job {
  id: string;
  hospitalId: string | null;
  kind: string;
  state: string;
  priority: string;
  attempts: number;
  maxAttempts: number | null;
  dueAt: string | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  reason: string | null;
}

export interface JoinCode {
  id: string;
  code: string;
  role: string;
  departmentId: string | null;
  maxUses: number;
  uses: number;
  createdAt: string;
  expiresAt: string;
  revokedAt: string | null;
}

export interface JoinRequest {
  id: string;
  userId: string;
  name: string;
  email: string;
  role: string;
  message: string | null;
  status: string;
  note: string | null;
  createdAt: string;
  reviewedAt: string | null;
}

export interface LabReport {
  id: string;
  patientId: string;
  test: string;
  code: string | null;
  value: string;
  unit: string | null;
  referenceRange: string | null;
  flag: "normal" | "low" | "high" | "abnormal" | "critical";
  takenAt: string;
  notes: string | null;
  createdBy: string;
  createdAt: string;
  updatedAt: string;
  version: number;
}

export interface Ladder {
  id: string | null;
  urgencyLevel: number;
  departmentId: string | null;
  alertType: string | null;
  stepSeconds: Array<number>;
  repeats: boolean;
  responseSeconds: number | null;
  version: number | null;
  isDefault: boolean;
}

export interface LineEntry {
  id: string;
  departmentId: string;
  number: number;
  state: string;
  joinedAt: string;
  calledAt: string | null;
  leftAt: string | null;
  expiresAt: string;
}

export interface LinkedAccount {
  id: string;
  provider: string;
  createdAt: string;
  lastUsedAt: string;
}

export interface Location {
  id: string;
  name: string;
  address: string | null;
  phone: string | null;
  hours: Array<{ day: number; opens: string; closes: string; }>;
  timeZone: string | null;
  version: number;
}

export interface Mail {
  id: string;
  template: string;
  status: string;
  reason: string | null;
  attempts: number;
  queuedAt: string;
  sentAt: string | null;
  deliveredAt: string | null;
  failedAt: string | null;
}

export interface ManagedUser {
  id: string;
  email: string;
  name: string;
  role: string;
  departmentId: string | null;
  status: string;
  isOnDuty: boolean;
  isEmailVerified: boolean;
  lastLoginAt: string | null;
  suspendedAt: string | null;
  suspendedBy: string | null;
  suspensionReason: string | null;
  createdAt: string;
}

export interface MedicalRecord {
  id: string;
  patientId: string;
  recordType: "history" | "diagnosis" | "procedure" | "surgery" | "immunization" | "medication" | "family" | "social";
  title: string;
  code: string | null;
  description: string | null;
  occurredOn: string | null;
  createdBy: string;
  createdAt: string;
  updatedAt: string;
  version: number;
}

export interface MessageTemplate {
  name: string;
  language: string;
  subject: string;
  body: string;
  html: string | null;
  isOwn: boolean;
  values: Array<string>;
  updatedAt: string | null;
}

export interface Notification {
  id: string;
  kind: string;
  title: string;
  text: string;
  alertId: string | null;
  tier: number | null;
  urgencyLevel: number | null;
  times: number;
  createdAt: string;
  toldAt: string;
  readAt: string | null;
}

export interface OnCallCalendar {
  scheduleId: string;
  name: string;
  timeZone: string;
  from: string;
  to: string;
  entries: Array<{ from: string; to: string; userId: string; userName: string; source: "override" | "rotation"; layer: number | null; overrideId: string | null; }>;
  gaps: Array<{ scheduleId: string; name: string; departmentId: string | null; from: string; to: string; minutes: number; words: string; }>;
}

export interface OnCallGaps {
  from: string;
  to: string;
  timeZone: string;
  schedules: number;
  gaps: Array<{ scheduleId: string; name: string; departmentId: string | null; from: string; to: string; minutes: number; words: string; }>;
  isCut: boolean;
}

export interface OnCallOverride {
  id: string;
  scheduleId: string;
  userId: string;
  userName: string;
  from: string;
  to: string;
}

export interface OnCallSchedule {
  id: string;
  name: string;
  departmentId: string | null;
  role: string | null;
  timeZone: string;
  layers: Array<{ participants: Array<string>; rotation: "daily" | "weekly" | "custom"; hours?: number | null; handover: string; startDate: string; endDate?: string | null; week?: { monday?: Array<{ start: string; end: string; }> | null; tuesday?: Array<{ start: string; end: string; }> | null; wednesday?: Array<{ start: string; end: string; }> | null; thursday?: Array<{ start: string; end: string; }> | null; friday?: Array<{ start: string; end: string; }> | null; saturday?: Array<{ start: string; end: string; }> | null; sunday?: Array<{ start: string; end: string; }> | null; } | null; }>;
  overrides: Array<{ id: string; userId: string; userName: string; from: string; to: string; }>;
  version: number;
}

export interface Organization {
  id: string;
  name: string;
  slug: string;
  type: string;
  size: string | null;
  industry: string | null;
  website: string | null;
  description: string | null;
  email: string | null;
  phone: string | null;
  address: string | null;
  defaultHospitalId: string | null;
  createdAt: string;
}

export interface OwnHospital {
  id: string;
  organizationId: string;
  name: string;
  type: string;
  subdomain: string;
  timeZone: string;
  isActive: boolean;
  role: string;
  departmentId: string | null;
}

export interface OwnJoinRequest {
  id: string;
  hospitalName: string;
  role: string;
  message: string | null;
  status: string;
  note: string | null;
  createdAt: string;
  reviewedAt: string | null;
}

export interface Patient {
  id: string;
  hospitalId: string;
  mrn: string;
  name: string;
  dateOfBirth: string | null;
  gender: string;
  departmentId: string | null;
  roomNumber: string | null;
  bedNumber: string | null;
  status: string;
  flags: { dnr: boolean; fallRisk: boolean; allergyAlert: boolean; } | null;
  admittedAt: string;
  dischargedAt: string | null;
  createdAt: string;
  updatedAt: string;
  version: number;
  isRestricted: boolean;
  bloodType: string | null;
  nationalId: string | null;
  phone: string | null;
  email: string | null;
  address: string | null;
  primaryDiagnosis: string | null;
  secondaryDiagnoses: Array<string>;
  allergies: Array<string>;
  medications: Array<{ name: string; dosage: string; frequency: string; }>;
  emergencyContact: { name: string; relationship: string; phone: string; } | null;
  notes: string | null;
  dischargeNotes: string | null;
  dischargeDiagnosis: string | null;
}

export interface PatientChannels {
  channels: Array<"push" | "email" | "sms" | "whatsapp">;
  language: string;
}

export interface PatientDashboard {
  active: number;
  discharged: number;
  admittedToday: number;
  dischargedToday: number;
  dnr: number;
  fallRisk: number;
  allergyAlert: number;
  withoutDoctor: number;
  critical: number;
  byDepartment: Array<{ departmentId: string | null; active: number; }>;
}

export interface PatientSummary {
  id: string;
  hospitalId: string;
  mrn: string;
  name: string;
  dateOfBirth: string | null;
  gender: string;
  departmentId: string | null;
  roomNumber: string | null;
  bedNumber: string | null;
  status: string;
  flags: { dnr: boolean; fallRisk: boolean; allergyAlert: boolean; } | null;
  admittedAt: string;
  dischargedAt: string | null;
  createdAt: string;
  updatedAt: string;
  version: number;
  isRestricted: boolean;
}

export interface Payment {
  id: string;
  appointmentId: string | null;
  subscriptionId: string | null;
  amountMinor: number;
  currency: string;
  status: string;
  provider: string | null;
  method: string | null;
  providerRef: string | null;
  transactionId: string | null;
  failure: string | null;
  receiptNumber: string | null;
  paidAt: string | null;
  refundedAt: string | null;
  version: number;
  createdAt: string;
}

export interface PaymentStep {
  step: string;
  outcome: string;
  at: string;
}

export interface Plan {
  planCode: string;
  name: string;
  description: string | null;
  pricing: string;
  maxDoctors: number;
  currency: string;
  monthlyPriceMinor: number;
  yearlyPriceMinor: number | null;
  yearlyDiscountPoints: number;
  volumeDiscounts: Array<{ fromDoctors: number; points: number; }>;
  feePoints: number;
  taxPoints: number;
  features: Array<string>;
  isActive: boolean;
  version: number;
}

export interface Platform {
  organizations: number;
  hospitals: number;
  activeHospitals: number;
  users: number;
  activeUsers: number;
  memberships: number;
  sessions: number;
}

export interface Preferences {
  channels: Array<"push" | "sms" | "whatsapp">;
  email: boolean;
  muted: boolean;
  quietFrom: string | null;
  quietUntil: string | null;
  language: string;
  isChosen: boolean;
}

export interface Prescription {
  id: string;
  appointmentId: string;
  patientId: string;
  doctorId: string;
  doctorName: string;
  status: "active" | "replaced" | "cancelled";
  medications: Array<{ name: string; dosage: string; frequency: string; duration: string; instructions?: string | null; }>;
  instructions: string | null;
  followUpDate: string | null;
  warnings: Array<{ medication: number; reason: "allergy" | "duplicate"; }>;
  overrideReason: string | null;
  verificationCode: string;
  dispensedAt: string | null;
  dispensedBy: string | null;
  createdAt: string;
  endedAt: string | null;
  version: number;
}

export interface Presence {
  userId: string;
  name: string | null;
  since: string;
  connections: number;
  nodes: number;
}

export interface PresentedPrescription {
  id: string;
  appointmentId: string;
  patientId: string;
  doctorId: string;
  doctorName: string;
  status: "active" | "replaced" | "cancelled";
  medications: Array<{ name: string; dosage: string; frequency: string; duration: string; instructions?: string | null; }>;
  instructions: string | null;
  followUpDate: string | null;
  warnings: Array<{ medication: number; reason: "allergy" | "duplicate"; }>;
  overrideReason: string | null;
  verificationCode: string;
  dispensedAt: string | null;
  dispensedBy: string | null;
  createdAt: string;
  endedAt: string | null;
  version: number;
  patientName: string;
  dateOfBirth: string | null;
}

export interface Profile {
  id: string;
  email: string;
  name: string;
  isEmailVerified: boolean;
  isComplete: boolean;
  phone: string | null;
  department: string | null;
  jobTitle: string | null;
  bio: string | null;
  licenseNumber: string | null;
  availabilityStatus: string;
  contactByEmail: boolean;
  contactByPush: boolean;
  contactBySms: boolean;
  lastLoginAt: string | null;
  lastLoginAddress: string | null;
  createdAt: string;
}

export interface PublicHospital {
  id: string;
  name: string;
  type: string;
  subdomain: string;
  timeZone: string;
  isActive: boolean;
}

export interface PushToken {
  id: string;
  platform: string;
  createdAt: string;
}

export interface Queue {
  queue: string;
  purpose: string;
  concurrency: number;
  workers: number;
  waiting: number;
  delayed: number;
  running: number;
  dead: number;
  doneLastHour: number;
  failedLastHour: number;
  oldestSeconds: number | null;
  p95StartMilliseconds: number | null;
}

export interface QueueFigures {
  doctorId: string;
  date: string;
  version: number;
  waiting: number;
  inProgress: number;
  done: number;
  left: number;
  emergencies: number;
  averageWaitMinutes: number | null;
  averageVisitMinutes: number | null;
}

export interface QueueMetrics {
  at: string;
  waiting: number;
  delayed: number;
  running: number;
  dead: number;
  workers: number;
  doneLastHour: number;
  failedLastHour: number;
  donePerSecond: number;
  queues: Array<Queue>;
  nodes: Array<{ node: string; kind: string; startedAt: string; seenAt: string; workers: number; running: number; term: number | null; }>;
}

export interface Readiness {
  at: string;
  basis: string;
  isReady: boolean;
  ladders: Array<{ ladderId: string | null; isDefault: boolean; urgencyLevel: number; departmentId: string | null; alertType: string | null; tiers: Array<{ tier: number; group: "nurses" | "doctors" | "headDoctors" | "administrators"; isReachable: boolean; people: Array<{ id: string; name: string; role: string; isOnDuty: boolean; isOnCall: boolean; }>; emptyDepartments: Array<{ id: string; name: string; }>; }>; }>;
  schedules: Array<{ scheduleId: string; name: string; departmentId: string | null; isReachable: boolean; userId: string | null; userName: string | null; }>;
  unreachable: Array<{ ladderId: string | null; scheduleId: string | null; urgencyLevel: number | null; departmentId: string | null; alertType: string | null; tier: number | null; group: string | null; words: string; }>;
}

export interface Rehearsal {
  ladderId: string | null;
  isDefault: boolean;
  basis: string;
  at: string;
  steps: Array<{ tier: number; group: "quorum" | "nurses" | "doctors" | "headDoctors" | "administrators"; dueAt: string; afterSeconds: number; skipped: boolean; people: Array<{ id: string; name: string; role: string; isOnDuty: boolean; }>; }>;
  repeatsEverySeconds: number | null;
}

export interface Reminder {
  id: string;
  kind: string;
  userId: string | null;
  patientId: string | null;
  at: string;
  status: string;
  createdBy: string | null;
  createdAt: string;
  sentAt: string | null;
  cancelledAt: string | null;
}

export interface ResponseFigures {
  startDate: string;
  endDate: string;
  alerts: number;
  acknowledged: number;
  resolved: number;
  escalated: number;
  escalationRate: number | null;
  acknowledgeAverageSeconds: number | null;
  acknowledgeP50Seconds: number | null;
  acknowledgeP95Seconds: number | null;
  resolveP50Seconds: number | null;
  resolveP95Seconds: number | null;
}

export interface RoleGrant {
  id: string;
  userId: string;
  role: string;
  departmentId: string | null;
  reason: string | null;
  grantedBy: string;
  createdAt: string;
  expiresAt: string | null;
  revokedAt: string | null;
}

export interface Room {
  id: string;
  number: string;
  departmentId: string | null;
  beds: number;
  version: number;
}

export interface Screen {
  id: string;
  name: string;
  departmentId: string;
  departmentName: string;
  createdAt: string;
  revokedAt: string | null;
}

export interface Series {
  id: string;
  patientId: string;
  doctorId: string;
  service: string;
  rule: string;
  timeZone: string;
  firstStart: string;
  minutes: number;
  locationId: string | null;
  status: "active" | "cancelled";
  continues: string | null;
  appointments: Array<{ id: string; status: string; version: number; startsAt: string; }>;
  version: number;
}

export interface Session {
  id: string;
  device: string;
  address: string;
  method: string;
  hospitalId: string | null;
  secondFactorAt: string | null;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
  isCurrent: boolean;
}

export interface Shift {
  id: string;
  userId: string;
  userName: string;
  departmentId: string | null;
  from: string;
  to: string;
  version: number;
  warnings: Array<"rest_under_8_hours">;
}

export interface ShiftSchedule {
  userId: string;
  week: { monday: Array<{ start: string; end: string; }>; tuesday: Array<{ start: string; end: string; }>; wednesday: Array<{ start: string; end: string; }>; thursday: Array<{ start: string; end: string; }>; friday: Array<{ start: string; end: string; }>; saturday: Array<{ start: string; end: string; }>; sunday: Array<{ start: string; end: string; }>; };
  version: number;
  updatedAt: string | null;
}

export interface ShiftSummary {
  isOnDuty: boolean;
  shiftStartedAt: string | null;
  shiftEndedAt: string | null;
  minutes: number | null;
  alertsRaised: number;
  alertsAcknowledged: number;
  alertsResolved: number;
  averageResponseSeconds: number | null;
  openAlerts: number;
  handoversAccepted: number;
}

export interface SlotBoard {
  from: string;
  to: string;
  timeZone: string;
  openings: Array<{ doctorId: string; locationId: string | null; timeZone: string; starts: Array<string>; }>;
}

export interface Staff {
  userId: string;
  name: string;
  role: string;
  departmentId: string | null;
  shiftStartedAt: string | null;
}

export interface Subscription {
  id: string;
  planCode: string;
  status: string;
  cycle: string;
  doctors: number;
  currency: string;
  netMinor: number;
  creditMinor: number;
  feeMinor: number;
  taxMinor: number;
  totalMinor: number;
  startsAt: string | null;
  endsAt: string | null;
  cancelledAt: string | null;
  version: number;
  createdAt: string;
}

export interface Timeline {
  id: string;
  at: string;
  kind: string;
  actorId: string | null;
  actorName: string | null;
  fromTier: number | null;
  tier: number | null;
  reason: string | null;
  notes: string | null;
}

export interface User {
  id: string;
  email: string;
  name: string;
  role: string;
  departmentId: string | null;
  licenseNumber: string | null;
  specialization: string | null;
  phone: string | null;
  isActive: boolean;
  isOnDuty: boolean;
  createdAt: string;
  updatedAt: string;
}

export interface VisitNote {
  id: string;
  appointmentId: string;
  patientId: string;
  authorId: string;
  amends: string | null;
  text: string;
  diagnosis: string | null;
  reason: string | null;
  createdAt: string;
}

export interface WaitingEntry {
  id: string;
  patientId: string;
  doctorId: string | null;
  service: string;
  minutes: number;
  priority: string;
  earliest: string;
  latest: string;
  status: string;
  appointmentId: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
}

export interface Webhook {
  id: string;
  url: string;
  description: string | null;
  events: Array<"alert:new" | "alert:updated" | "alert:escalated" | "alert:commented" | "appointment:updated">;
  isActive: boolean;
  breaker: string;
  failures: number;
  behind: number;
  nextTryAt: string;
  createdAt: string;
  updatedAt: string;
  version: number;
}

export interface WebhookDelivery {
  id: string;
  webhookId: string;
  eventNumber: number;
  eventId: string;
  event: string;
  status: string;
  attempts: number;
  responseStatus: number | null;
  reason: string | null;
  createdAt: string;
  finishedAt: string | null;
}

/** Every procedure of `/api/trpc/<router>.<procedure>`. */
export interface WardProcedures {
  accessReviews: {
    /** List records opened in an emergency. */
    list: { type: "query"; input: { status?: "pending" | "reviewed" | "all" | null; limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "userId" | "userName" | "reason" | "grantedAt" | "expiresAt" | "verdict" | "reviewedBy" | "reviewedAt" | "reviewNote"> | null; } | void; output: Page<AccessReview> };
    /** Review an emergency access. */
    review: { type: "mutation"; input: { accessId: string; verdict: "justified" | "unjustified"; note?: string | null; }; output: AccessReview };
  };
  admin: {
    /** Count the hospital's people and their deeds. */
    getAnalytics: { type: "query"; input: { range?: "day" | "week" | "month" | "year" | null; } | void; output: AdminAnalytics };
    /** Count the whole installation. */
    getDashboardStats: { type: "query"; input: void | Record<string, never>; output: Platform };
    /** Show a person to manage him. */
    getUser: { type: "query"; input: { userId: string; }; output: ManagedUser };
    /** List the people of the hospital to manage them. */
    listUsers: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "email" | "name" | "role" | "departmentId" | "status" | "isOnDuty" | "isEmailVerified" | "lastLoginAt" | "suspendedAt" | "suspendedBy" | "suspensionReason" | "createdAt"> | null; search?: string | null; role?: "super_admin" | "system_admin" | "organization_admin" | "hospital_admin" | "manager" | "support" | "operator" | "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "receptionist" | "medical_assistant" | "billing_specialist" | "auditor" | "compliance_officer" | "data_analyst" | null; status?: "active" | "inactive" | "suspended" | null; sortBy?: "createdAt" | "name" | "email" | "lastLoginAt" | null; sortOrder?: "asc" | "desc" | null; } | void; output: Page<ManagedUser> };
    /** Suspend a person, or let him in again. */
    toggleUserStatus: { type: "mutation"; input: { userId: string; action: "suspend" | "activate"; reason?: string | null; }; output: ManagedUser };
    /** The same as `users.updateRole`. */
    updateUserRole: WardProcedures["users"]["updateRole"];
  };
  alerts: {
    /** Acknowledge an alert. */
    acknowledge: { type: "mutation"; input: { alertId: string; notes?: string | null; responseAction?: "responding" | "delayed" | "delegating" | "monitoring" | null; estimatedResponseTime?: number | null; delegateTo?: string | null; urgencyAssessment?: "maintain" | "increase" | "decrease" | null; }; output: Alert };
    /** Say that you have arrived. */
    arrive: { type: "mutation"; input: { alertId: string; }; output: Alert };
    /** Acknowledge several alerts. */
    batchAcknowledge: { type: "mutation"; input: { alertIds: Array<string>; responseAction?: "responding" | "delayed" | "delegating" | "monitoring" | null; estimatedResponseTime?: number | null; notes?: string | null; }; output: { succeeded: Array<string>; failed: Array<{ alertId: string; code: string; error: string; }>; } };
    /** Resolve several alerts. */
    batchResolve: { type: "mutation"; input: { alertIds: Array<string>; resolution: string; followUpRequired?: boolean | null; followUpNotes?: string | null; }; output: { succeeded: Array<string>; failed: Array<{ alertId: string; code: string; error: string; }>; } };
    /** Cancel an alert. */
    cancel: { type: "mutation"; input: { alertId: string; reason?: string | null; }; output: Alert };
    /** Comment on an alert. */
    comment: { type: "mutation"; input: { alertId: string; text: string; }; output: Alert };
    /** Raise an alert. */
    create: { type: "mutation"; input: { roomNumber: string; alertType: string; urgencyLevel?: number | null; priority?: "low" | "medium" | "high" | "critical" | null; title?: string | null; description?: string | null; departmentId?: string | null; patientId?: string | null; expiresAt?: string | null; }; output: Alert };
    /** Raise an alert from a template. */
    createFromTemplate: { type: "mutation"; input: { templateId: string; roomNumber: string; description?: string | null; patientId?: string | null; }; output: Alert };
    /** Add an escalation ladder. */
    createLadder: { type: "mutation"; input: { urgencyLevel: number; departmentId?: string | null; alertType?: string | null; stepSeconds: Array<number>; repeats?: boolean | null; responseSeconds?: number | null; }; output: Ladder };
    /** Add a template of alerts. */
    createTemplate: { type: "mutation"; input: { name: string; alertType: string; urgencyLevel: number; defaultDescription?: string | null; departmentId?: string | null; icon?: string | null; color?: string | null; }; output: AlertTemplate };
    /** Add an alert type. */
    createType: { type: "mutation"; input: { code: string; title: string; class: "medical" | "security" | "fire" | "equipment" | "other"; defaultUrgency: number; requiresConfirmation?: boolean | null; position?: number | null; mergeWindowSeconds?: number | null; quorum?: Array<{ label: string; role: "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "medical_assistant" | "operator"; specialization?: string | null; count: number; }> | null; quorumRepageSeconds?: number | null; }; output: AlertType };
    /** Decline a page. */
    decline: { type: "mutation"; input: { alertId: string; reason?: string | null; }; output: Alert };
    /** Remove an escalation ladder. */
    deleteLadder: { type: "mutation"; input: { ladderId: string; }; output: { done: boolean; } };
    /** Remove a template of alerts. */
    deleteTemplate: { type: "mutation"; input: { templateId: string; }; output: { done: boolean; } };
    /** Deactivate an alert type. */
    deleteType: { type: "mutation"; input: { code: string; }; output: AlertType };
    /** Show who would be paged when. */
    dryRunLadder: { type: "mutation"; input: { urgencyLevel: number; departmentId?: string | null; alertType?: string | null; at?: string | null; stepSeconds?: Array<number> | null; repeats?: boolean | null; }; output: Rehearsal };
    /** Escalate an alert now. */
    escalate: { type: "mutation"; input: { alertId: string; }; output: Alert };
    /** Show an alert. */
    get: { type: "query"; input: { alertId: string; }; output: Alert };
    /** The same as `alerts.list`. */
    getActive: WardProcedures["alerts"]["list"];
    /** Show what is climbing now. */
    getActiveEscalations: { type: "query"; input: void | Record<string, never>; output: ActiveEscalations };
    /** Count the alerts of each day, week or month. */
    getAnalytics: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"startsAt" | "alerts" | "critical" | "acknowledged" | "resolved" | "escalations" | "averageAcknowledgeSeconds"> | null; startDate?: string | null; endDate?: string | null; groupBy?: "day" | "week" | "month" | null; } | void; output: Page<AlertBucket> };
    /** List an alert's steps. */
    getEscalationHistory: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "fromTier" | "toTier" | "reason" | "dueAt" | "escalatedAt" | "actorId" | "actorName"> | null; alertId: string; }; output: Page<Escalation> };
    /** Show where an alert stands on its ladder. */
    getEscalationStatus: { type: "query"; input: { alertId: string; }; output: EscalationStatus };
    /** Show how often people are interrupted. */
    getFatigue: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"departmentId" | "departmentName" | "shift" | "interruptions" | "staffHours" | "interruptionsPerStaffHour" | "alerts" | "actedOn" | "shareActedOn" | "repeatsMerged" | "acknowledgeP50Seconds" | "acknowledgeP95Seconds"> | null; startDate?: string | null; endDate?: string | null; departmentId?: string | null; } | void; output: Page<Fatigue> };
    /** List the alerts of a time. */
    getHistory: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "hospitalId" | "departmentId" | "roomNumber" | "alertType" | "title" | "description" | "urgencyLevel" | "priority" | "status" | "escalationTier" | "nextEscalationAt" | "acknowledgedBy" | "acknowledgedByName" | "acknowledgedAt" | "resolvedBy" | "resolvedAt" | "resolution" | "createdBy" | "createdByName" | "createdAt" | "updatedAt" | "expiresAt" | "version" | "responseAction" | "estimatedArrivalAt" | "delegatedTo" | "delegatedToName" | "quorum" | "responders" | "repeatCount" | "lastRepeatAt" | "repeatOf"> | null; startDate?: string | null; endDate?: string | null; } | void; output: Page<Alert> };
    /** List the escalation ladders. */
    getLadders: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "urgencyLevel" | "departmentId" | "alertType" | "stepSeconds" | "repeats" | "responseSeconds" | "version" | "isDefault"> | null; } | void; output: Page<Ladder> };
    /** Show the last hours at a glance. */
    getMetrics: { type: "query"; input: { timeRange?: "1h" | "6h" | "24h" | "7d" | null; departmentId?: string | null; } | void; output: AlertMetrics };
    /** List the alerts of your patients. */
    getPatientAlerts: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "hospitalId" | "departmentId" | "roomNumber" | "alertType" | "title" | "description" | "urgencyLevel" | "priority" | "status" | "escalationTier" | "nextEscalationAt" | "acknowledgedBy" | "acknowledgedByName" | "acknowledgedAt" | "resolvedBy" | "resolvedAt" | "resolution" | "createdBy" | "createdByName" | "createdAt" | "updatedAt" | "expiresAt" | "version" | "responseAction" | "estimatedArrivalAt" | "delegatedTo" | "delegatedToName" | "quorum" | "responders" | "repeatCount" | "lastRepeatAt" | "repeatOf"> | null; status?: Array<"active" | "acknowledged" | "resolved" | "cancelled" | "expired" | "all"> | null; } | void; output: Page<Alert> };
    /** Show how alerts were answered. */
    getResponseAnalytics: { type: "query"; input: { departmentId?: string | null; timeRange?: "24h" | "7d" | "30d" | "90d" | "custom" | null; startDate?: string | null; endDate?: string | null; } | void; output: ResponseFigures };
    /** Count the alerts. */
    getStats: { type: "query"; input: void | Record<string, never>; output: AlertStats };
    /** List the templates of alerts. */
    getTemplates: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "name" | "alertType" | "urgencyLevel" | "defaultDescription" | "departmentId" | "icon" | "color" | "version"> | null; } | void; output: Page<AlertTemplate> };
    /** Show what happened to an alert. */
    getTimeline: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "at" | "kind" | "actorId" | "actorName" | "fromTier" | "tier" | "reason" | "notes"> | null; alertId: string; }; output: Page<Timeline> };
    /** List the alert types. */
    getTypes: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"code" | "title" | "class" | "defaultUrgency" | "requiresConfirmation" | "isActive" | "position" | "mergeWindowSeconds" | "quorum" | "quorumRepageSeconds" | "version"> | null; includeInactive?: boolean | null; } | void; output: Page<AlertType> };
    /** List alerts. */
    list: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "hospitalId" | "departmentId" | "roomNumber" | "alertType" | "title" | "description" | "urgencyLevel" | "priority" | "status" | "escalationTier" | "nextEscalationAt" | "acknowledgedBy" | "acknowledgedByName" | "acknowledgedAt" | "resolvedBy" | "resolvedAt" | "resolution" | "createdBy" | "createdByName" | "createdAt" | "updatedAt" | "expiresAt" | "version" | "responseAction" | "estimatedArrivalAt" | "delegatedTo" | "delegatedToName" | "quorum" | "responders" | "repeatCount" | "lastRepeatAt" | "repeatOf"> | null; status?: Array<"active" | "acknowledged" | "resolved" | "cancelled" | "expired" | "all"> | null; departmentId?: string | null; urgencyLevel?: number | null; alertType?: string | null; sortBy?: "createdAt" | "urgencyLevel" | "acknowledgedAt" | null; sortOrder?: "asc" | "desc" | null; } | void; output: Page<Alert> };
    /** Hear of alerts as they happen. */
    onEvent: { type: "subscription"; input: { hospitalId?: string | null; lastEventId?: string | null; } | void; output: { id: string; data: { type: "alert:new" | "alert:updated" | "alert:escalated" | "alert:commented" | "reset"; data: unknown; } } };
    /** Resolve an alert. */
    resolve: { type: "mutation"; input: { alertId: string; resolution: string; }; output: Alert };
    /** Hand an alert to a colleague. */
    transfer: { type: "mutation"; input: { alertId: string; toUserId: string; reason: string; }; output: Alert };
    /** Correct an alert. */
    update: { type: "mutation"; input: { alertId: string; version: number; roomNumber?: string | null; title?: string | null; description?: string | null; departmentId?: string | null; }; output: Alert };
    /** Change an escalation ladder. */
    updateLadder: { type: "mutation"; input: { ladderId: string; version: number; stepSeconds?: Array<number> | null; repeats?: boolean | null; responseSeconds?: number | null; }; output: Ladder };
    /** Change a template of alerts. */
    updateTemplate: { type: "mutation"; input: { templateId: string; version: number; name?: string | null; alertType?: string | null; urgencyLevel?: number | null; defaultDescription?: string | null; departmentId?: string | null; icon?: string | null; color?: string | null; }; output: AlertTemplate };
    /** Change an alert type. */
    updateType: { type: "mutation"; input: { code: string; version: number; title?: string | null; class?: "medical" | "security" | "fire" | "equipment" | "other" | null; defaultUrgency?: number | null; requiresConfirmation?: boolean | null; isActive?: boolean | null; position?: number | null; mergeWindowSeconds?: number | null; quorum?: Array<{ label: string; role: "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "medical_assistant" | "operator"; specialization?: string | null; count: number; }> | null; quorumRepageSeconds?: number | null; }; output: AlertType };
    /** Take an answer back. */
    withdraw: { type: "mutation"; input: { alertId: string; reason?: string | null; }; output: Alert };
  };
  apiKeys: {
    /** Make a key for a program. */
    create: { type: "mutation"; input: { name: string; scopes: Array<"view_alerts" | "create_alerts" | "update_alerts" | "acknowledge_alerts" | "resolve_alerts" | "cancel_alerts" | "escalate_alerts" | "start_shift" | "view_shift_status" | "view_departments" | "manage_screens" | "view_users" | "manage_users" | "manage_alert_types" | "manage_ladders" | "view_analytics" | "view_system" | "manage_system" | "view_patients" | "create_patients" | "manage_patients" | "record_vitals" | "break_glass" | "review_access" | "view_hospital" | "manage_hospital" | "manage_departments" | "view_organization" | "manage_organization" | "invite_members" | "manage_roles" | "view_schedule" | "manage_schedule" | "import_data" | "view_audit_logs" | "export_audit_logs" | "view_all_records" | "dispense_medication" | "manage_lab_reports" | "manage_imaging" | "manage_billing" | "view_appointments" | "book_appointments" | "manage_appointments" | "manage_availability" | "override_bookings" | "conduct_visits" | "manage_platform">; expiresInDays?: number | null; password: string; }; output: { id: string; name: string; prefix: string; key: string; expiresAt: string; } };
    /** List my keys for programs. */
    list: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "name" | "prefix" | "scopes" | "createdAt" | "expiresAt" | "lastUsedAt" | "revokedAt"> | null; } | void; output: Page<ApiKey> };
    /** Take a key back. */
    revoke: { type: "mutation"; input: { keyId: string; }; output: { id: string; revokedAt: string; } };
  };
  appointments: {
    /** Note what happened at a visit. */
    addNote: { type: "mutation"; input: { appointmentId: string; text: string; diagnosis?: string | null; }; output: VisitNote };
    /** Amend a note of a visit. */
    amendNote: { type: "mutation"; input: { appointmentId: string; noteId: string; text: string; diagnosis?: string | null; reason: string; }; output: VisitNote };
    /** Book an appointment for oneself. */
    book: { type: "mutation"; input: { doctorId: string; service: string; startsAt: string; medium?: "in_person" | "video" | "audio" | "chat" | null; locationId?: string | null; payment?: "online" | "desk" | null; details?: Record<string, unknown> | null; }; output: Appointment };
    /** Cancel an appointment. */
    cancel: { type: "mutation"; input: { appointmentId: string; cause?: "patient" | "doctor" | "clinic" | "payment" | "series" | "course" | "other" | null; reason?: string | null; version?: number | null; }; output: Appointment };
    /** Cancel one's own appointment. */
    cancelMine: { type: "mutation"; input: { appointmentId: string; reason?: string | null; }; output: Appointment };
    /** Cancel what lies ahead of a series. */
    cancelSeries: { type: "mutation"; input: { seriesId: string; version?: number | null; }; output: Series };
    /** Check a patient in. */
    checkIn: { type: "mutation"; input: { appointmentId: string; version?: number | null; }; output: Appointment };
    /** End a visit. */
    complete: { type: "mutation"; input: { appointmentId: string; version?: number | null; }; output: Appointment };
    /** Confirm an appointment. */
    confirm: { type: "mutation"; input: { appointmentId: string; version?: number | null; }; output: Appointment };
    /** Book an appointment. */
    create: { type: "mutation"; input: { patientId: string; doctorId: string; service: string; startsAt: string; minutes?: number | null; medium?: "in_person" | "video" | "audio" | "chat" | null; priority?: "low" | "normal" | "high" | "urgent" | null; locationId?: string | null; resources?: Array<string> | null; holdSeconds?: number | null; overrideReason?: string | null; details?: Record<string, unknown> | null; }; output: Appointment };
    /** Book several appointments together or not at all. */
    createEnhanced: { type: "mutation"; input: { patientId: string; steps: Array<{ doctorId: string; service: string; startsAt: string; minutes?: number | null; }>; }; output: Bundle };
    /** Book appointments that come again. */
    createSeries: { type: "mutation"; input: { patientId: string; doctorId: string; service: string; startsAt: string; rule: string; minutes?: number | null; locationId?: string | null; skipsConflicts?: boolean | null; }; output: Series };
    /** Show an appointment. */
    get: { type: "query"; input: { appointmentId: string; }; output: Appointment };
    /** The same as `appointments.list`. */
    getAll: WardProcedures["appointments"]["list"];
    /** Rank other times for a visit. */
    getAlternatives: { type: "mutation"; input: { patientId: string; doctorId: string; startsAt: string; minutes?: number | null; isUrgent?: boolean | null; locationId?: string | null; }; output: Alternatives };
    /** Show how a booking of several steps stands. */
    getEnhanced: { type: "query"; input: { bundleId: string; }; output: Bundle };
    /** The same as `appointments.history`. */
    getHistory: WardProcedures["appointments"]["history"];
    /** The same as `appointments.mine`. */
    getMine: WardProcedures["appointments"]["mine"];
    /** Show what you prefer. */
    getMyPreferences: { type: "query"; input: void | Record<string, never>; output: BookingPreferences };
    /** List the notes of a visit. */
    getNotes: { type: "query"; input: { appointmentId: string; limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "appointmentId" | "patientId" | "authorId" | "amends" | "text" | "diagnosis" | "reason" | "createdAt"> | null; }; output: Page<VisitNote> };
    /** Show what a patient prefers. */
    getPreferences: { type: "query"; input: { patientId: string; }; output: BookingPreferences };
    /** Show a series. */
    getSeries: { type: "query"; input: { seriesId: string; }; output: Series };
    /** Show what can be booked. */
    getServices: { type: "query"; input: void | Record<string, never>; output: { services: Array<{ name: string; domain: string; title: string; minutes: number; bufferMinutes: number; sessions: number; queue: string; media: Array<"in_person" | "video" | "audio" | "chat">; needs: Array<"doctor" | "room" | "equipment">; fields: Array<{ name: string; type: "text" | "number" | "choice"; isRequired: boolean; choices: Array<string>; }>; operations: Array<{ name: string; fields: Array<{ name: string; type: "text" | "number" | "choice"; isRequired: boolean; choices: Array<string>; }>; }>; }>; } };
    /** Show what happened to an appointment. */
    history: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "at" | "step" | "status" | "startsAt" | "endsAt" | "reason" | "actorId" | "actorName"> | null; appointmentId: string; }; output: Page<AppointmentStep> };
    /** List appointments. */
    list: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "hospitalId" | "patientId" | "doctorId" | "doctorName" | "locationId" | "service" | "medium" | "priority" | "status" | "holdEndsAt" | "startsAt" | "endsAt" | "resourceIds" | "feeMinor" | "currency" | "details" | "records" | "isOverride" | "overrideReason" | "overrideBy" | "cancelCause" | "cancelReason" | "seriesId" | "courseId" | "checkedInAt" | "startedAt" | "endedAt" | "createdBy" | "createdAt" | "updatedAt" | "version"> | null; doctorId?: string | null; patientId?: string | null; locationId?: string | null; service?: string | null; status?: Array<"held" | "scheduled" | "confirmed" | "checked_in" | "in_progress" | "completed" | "cancelled" | "no_show" | "expired"> | null; from?: string | null; to?: string | null; } | void; output: Page<Appointment> };
    /** List one's own appointments. */
    mine: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "hospitalId" | "patientId" | "doctorId" | "doctorName" | "locationId" | "service" | "medium" | "priority" | "status" | "holdEndsAt" | "startsAt" | "endsAt" | "resourceIds" | "feeMinor" | "currency" | "details" | "records" | "isOverride" | "overrideReason" | "overrideBy" | "cancelCause" | "cancelReason" | "seriesId" | "courseId" | "checkedInAt" | "startedAt" | "endedAt" | "createdBy" | "createdAt" | "updatedAt" | "version"> | null; status?: Array<"held" | "scheduled" | "confirmed" | "checked_in" | "in_progress" | "completed" | "cancelled" | "no_show" | "expired"> | null; from?: string | null; to?: string | null; } | void; output: Page<Appointment> };
    /** Move an appointment. */
    move: { type: "mutation"; input: { appointmentId: string; startsAt: string; minutes?: number | null; version: number; overrideReason?: string | null; }; output: Appointment };
    /** Note that a patient did not come. */
    noShow: { type: "mutation"; input: { appointmentId: string; version?: number | null; }; output: Appointment };
    /** Have a service's own operation done. */
    perform: { type: "mutation"; input: { appointmentId: string; operation: string; data?: Record<string, unknown> | null; }; output: { appointmentId: string; operation: string; jobId: string; } };
    /** The same as `appointments.createSeries`. */
    recurring: WardProcedures["appointments"]["createSeries"];
    /** The same as `appointments.move`. */
    reschedule: WardProcedures["appointments"]["move"];
    /** Set what you prefer. */
    setMyPreferences: { type: "mutation"; input: { doctorId?: string | null; weekdays?: Array<number> | null; earliest?: string | null; latest?: string | null; version: number; }; output: BookingPreferences };
    /** Set what a patient prefers. */
    setPreferences: { type: "mutation"; input: { patientId: string; doctorId?: string | null; weekdays?: Array<number> | null; earliest?: string | null; latest?: string | null; version: number; }; output: BookingPreferences };
    /** Begin a visit. */
    start: { type: "mutation"; input: { appointmentId: string; version?: number | null; }; output: Appointment };
    /** Change this and the following appointments. */
    updateSeries: { type: "mutation"; input: { seriesId: string; version: number; from: string; startsAt: string; rule?: string | null; doctorId?: string | null; minutes?: number | null; skipsConflicts?: boolean | null; }; output: Series };
  };
  auth: {
    /** Change your password. */
    changePassword: { type: "mutation"; input: { currentPassword: string; newPassword: string; }; output: { user: { id: string; email: string; name: string; }; token: string; expiresAt: string; } };
    /** Whether an e-mail address is taken. */
    checkEmail: { type: "mutation"; input: { email: string; }; output: { exists: boolean; isAvailable: boolean; } };
    /** The same as `auth.checkEmail`. */
    checkEmailExists: WardProcedures["auth"]["checkEmail"];
    /** The same as `auth.completeProfile`. */
    completeHealthcareProfile: WardProcedures["auth"]["completeProfile"];
    /** Save your healthcare profile and come into a hospital. */
    completeProfile: { type: "mutation"; input: { name: string; acceptTerms: true; acceptPrivacy: true; phone?: string | null; department?: string | null; jobTitle?: string | null; bio?: string | null; licenseNumber?: string | null; availabilityStatus?: "available" | "busy" | "offline" | null; contactPreferences?: { email?: boolean | null; push?: boolean | null; sms?: boolean | null; } | null; organizationCode?: string | null; invitationToken?: string | null; organizationName?: string | null; defaultHospitalId?: string | null; }; output: { needsProfileCompletion: boolean; hospitalId?: string | null; } };
    /** Take my second factor away. */
    disableTwoFactor: { type: "mutation"; input: { password: string; code?: string | null; backupCode?: string | null; }; output: { token: string; expiresAt: string; } };
    /** Set up a second factor. */
    enableTwoFactor: { type: "mutation"; input: { password: string; }; output: { secret: string; otpauthUrl: string; } };
    /** Show the second factor after another provider's sign-in. */
    finishSecondFactor: { type: "mutation"; input: { code?: string | null; backupCode?: string | null; } | void; output: { user: { id: string; email: string; name: string; }; token: string; expiresAt: string; location: string; } };
    /** Come back from another provider. */
    finishSignIn: { type: "mutation"; input: { provider: string; state: string; code?: string | null; error?: string | null; }; output: { user?: { id: string; email: string; name: string; } | null; token?: string | null; expiresAt?: string | null; isNewUser: boolean; needsSecondFactor: boolean; location: string; } };
    /** Make somebody choose a new password. */
    forcePasswordReset: { type: "mutation"; input: { userId: string; reason: string; }; output: { done: boolean; } };
    /** Ask for a new password by mail. */
    forgotPassword: { type: "mutation"; input: { email: string; }; output: { done: boolean; } };
    /** List where I am signed in. */
    getActiveSessions: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "device" | "address" | "method" | "hospitalId" | "secondFactorAt" | "createdAt" | "lastSeenAt" | "expiresAt" | "isCurrent"> | null; } | void; output: Page<Session> };
    /** The same as `auth.getSession`. */
    getMe: WardProcedures["auth"]["getSession"];
    /** How do I sign in?. */
    getMethods: { type: "mutation"; input: { domain?: string | null; email?: string | null; } | void; output: { domain: string; methods: Array<{ name: string; isElsewhere: boolean; }>; } };
    /** Which telephone number is mine?. */
    getPhone: { type: "query"; input: void | Record<string, never>; output: { number?: string | null; isProved: boolean; } };
    /** Show your profile. */
    getProfile: { type: "query"; input: void | Record<string, never>; output: Profile };
    /** With which providers can I sign in?. */
    getProviders: { type: "query"; input: { domain?: string | null; } | void; output: { providers: Array<string>; } };
    /** Who am I, and what may I do. */
    getSession: { type: "query"; input: void | Record<string, never>; output: { kind: string; user?: { id: string; name: string; email: string; } | null; screen?: { id: string; name: string; departmentId?: string | null; } | null; hospital?: { id: string; name: string; timeZone: string; isActive: boolean; } | null; role?: string | null; departmentId?: string | null; permissions: Array<string>; isOnDuty: boolean; memberships: Array<{ hospitalId: string; hospitalName: string; role: string; }>; serverTime: string; } };
    /** Have I a second factor?. */
    getTwoFactorStatus: { type: "query"; input: void | Record<string, never>; output: { isEnabled: boolean; enabledAt?: string | null; backupCodesLeft: number; } };
    /** Get a token for API access. */
    issueTokens: { type: "mutation"; input: void | Record<string, never>; output: { accessToken: string; tokenType: string; expiresIn: number; expiresAt: string; refreshToken: string; refreshExpiresAt: string; } };
    /** List my accounts at other providers. */
    listLinkedAccounts: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "provider" | "createdAt" | "lastUsedAt"> | null; } | void; output: Page<LinkedAccount> };
    /** The same as `auth.refreshToken`. */
    refresh: WardProcedures["auth"]["refreshToken"];
    /** Trade a refresh token for a new pair. */
    refreshToken: { type: "mutation"; input: { refreshToken: string; }; output: { accessToken: string; tokenType: string; expiresIn: number; expiresAt: string; refreshToken: string; refreshExpiresAt: string; } };
    /** Get new backup codes. */
    regenerateBackupCodes: { type: "mutation"; input: { code: string; }; output: { backupCodes: Array<string>; } };
    /** Remove your telephone number. */
    removePhone: { type: "mutation"; input: void | Record<string, never>; output: { done: boolean; } };
    /** Ask for a sign-in code. */
    requestOTP: { type: "mutation"; input: { email: string; channel?: "email" | "sms" | "whatsapp" | null; }; output: { channel: string; destination: string; expiresInSeconds: number; } };
    /** The same as `auth.forgotPassword`. */
    requestPasswordReset: WardProcedures["auth"]["forgotPassword"];
    /** Send the verification mail again. */
    resendVerificationEmail: { type: "mutation"; input: void | Record<string, never>; output: { done: boolean; } };
    /** Set a new password by a mailed link. */
    resetPassword: { type: "mutation"; input: { token: string; newPassword: string; }; output: { done: boolean; } };
    /** Sign out on all other devices. */
    revokeOtherSessions: { type: "mutation"; input: void | Record<string, never>; output: { revoked: Array<string>; } };
    /** Sign out on another device. */
    revokeSession: { type: "mutation"; input: { sessionId: string; }; output: { id: string; wasCurrent: boolean; } };
    /** Get another token for my session. */
    rotateSession: { type: "mutation"; input: void | Record<string, never>; output: { token: string; expiresAt: string; } };
    /** Choose my hospital. */
    selectHospital: { type: "mutation"; input: { hospitalId: string; }; output: { hospitalId: string; } };
    /** Name your telephone number. */
    setPhone: { type: "mutation"; input: { number: string; channel?: "sms" | "whatsapp" | null; password: string; }; output: { destination: string; channel: "sms" | "whatsapp"; expiresInSeconds: number; } };
    /** Sign in with e-mail and password. */
    signIn: { type: "mutation"; input: { email: string; password: string; code?: string | null; backupCode?: string | null; domain?: string | null; }; output: { user: { id: string; email: string; name: string; }; token: string; expiresAt: string; } };
    /** Sign out. */
    signOut: { type: "mutation"; input: void | Record<string, never>; output: { done: boolean; } };
    /** Make an account. */
    signUp: { type: "mutation"; input: { email: string; password: string; name: string; organizationCode?: string | null; invitationToken?: string | null; organizationName?: string | null; acceptTerms: true; acceptPrivacy: true; }; output: { user: { id: string; email: string; name: string; }; token: string; expiresAt: string; } };
    /** Begin to sign in at another provider. */
    socialSignIn: { type: "mutation"; input: { provider: string; returnTo?: string | null; domain?: string | null; }; output: { location: string; } };
    /** Take an account at another provider away. */
    unlinkAccount: { type: "mutation"; input: { linkedAccountId: string; }; output: { id: string; } };
    /** Change your profile. */
    updateProfile: { type: "mutation"; input: { name?: string | null; phone?: string | null; department?: string | null; jobTitle?: string | null; bio?: string | null; licenseNumber?: string | null; availabilityStatus?: "available" | "busy" | "offline" | null; contactPreferences?: { email?: boolean | null; push?: boolean | null; sms?: boolean | null; } | null; } | void; output: Profile };
    /** Prove that an e-mail address is yours. */
    verifyEmail: { type: "mutation"; input: { token?: string | null; email?: string | null; code?: string | null; } | void; output: { done: boolean; } };
    /** Sign in with a code. */
    verifyOTP: { type: "mutation"; input: { email: string; code: string; secondFactorCode?: string | null; backupCode?: string | null; domain?: string | null; }; output: { user: { id: string; email: string; name: string; }; token: string; expiresAt: string; } };
    /** Prove your telephone number. */
    verifyPhone: { type: "mutation"; input: { code: string; }; output: { done: boolean; } };
    /** Confirm my second factor. */
    verifyTwoFactor: { type: "mutation"; input: { code: string; }; output: { backupCodes: Array<string>; token: string; expiresAt: string; } };
  };
  availability: {
    /** Add a day off or extra hours. */
    addException: { type: "mutation"; input: { doctorId: string; kind: "off" | "extra"; from?: string | null; to?: string | null; date?: string | null; untilDate?: string | null; locationId?: string | null; title?: string | null; }; output: AvailabilityException };
    /** Ask whether a doctor is free. */
    check: { type: "query"; input: { doctorId: string; startsAt: string; service?: string | null; minutes?: number | null; }; output: AvailabilityAnswer };
    /** Show a doctor's hours. */
    getHours: { type: "query"; input: { doctorId: string; }; output: DoctorHours };
    /** Show how open the next weeks are. */
    getOverview: { type: "query"; input: { doctorId: string; }; output: AvailabilityOverview };
    /** List the times that can be booked. */
    getSlots: { type: "query"; input: { doctorId?: string | null; departmentId?: string | null; locationId?: string | null; from: string; to: string; service?: string | null; minutes?: number | null; }; output: SlotBoard };
    /** List days off and extra hours. */
    listExceptions: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "doctorId" | "kind" | "from" | "to" | "locationId" | "title" | "createdAt"> | null; doctorId: string; from?: string | null; }; output: Page<AvailabilityException> };
    /** Remove a day off or extra hours. */
    removeException: { type: "mutation"; input: { exceptionId: string; }; output: AvailabilityException };
    /** Set a doctor's hours. */
    setHours: { type: "mutation"; input: { doctorId: string; version: number; hours: Array<{ day: number; start: string; end: string; locationId?: string | null; averageMinutes?: number | null; isActive?: boolean | null; from?: string | null; until?: string | null; }>; averageMinutes?: number | null; capacity?: number | null; feeMinor?: number | null; }; output: DoctorHours };
  };
  billing: {
    /** Cancel a subscription. */
    cancelSubscription: { type: "mutation"; input: { subscriptionId: string; version: number; }; output: Subscription };
    /** Add a plan. */
    createPlan: { type: "mutation"; input: { planCode: string; name: string; description?: string | null; pricing: "flat" | "per_doctor"; maxDoctors: number; currency: "AED" | "AFN" | "ALL" | "AMD" | "ANG" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BGN" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHF" | "CLP" | "CNY" | "COP" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "UYU" | "UYW" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAF" | "XCD" | "XOF" | "XPF" | "YER" | "ZAR" | "ZMW"; monthlyPriceMinor: number; yearlyPriceMinor?: number | null; yearlyDiscountPoints?: number | null; volumeDiscounts?: Array<{ fromDoctors: number; points: number; }> | null; feePoints?: number | null; taxPoints?: number | null; features?: Array<string> | null; }; output: Plan };
    /** Take a plan off the list. */
    deletePlan: { type: "mutation"; input: { planCode: string; }; output: Plan };
    /** List one's own payments. */
    getMyPayments: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "appointmentId" | "subscriptionId" | "amountMinor" | "currency" | "status" | "provider" | "method" | "providerRef" | "transactionId" | "failure" | "receiptNumber" | "paidAt" | "refundedAt" | "version" | "createdAt"> | null; } | void; output: Page<Payment> };
    /** Show a payment. */
    getPayment: { type: "query"; input: { paymentId: string; }; output: Payment };
    /** List what was done about a payment. */
    getPaymentSteps: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"step" | "outcome" | "at"> | null; paymentId: string; }; output: Page<PaymentStep> };
    /** List payments. */
    getPayments: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "appointmentId" | "subscriptionId" | "amountMinor" | "currency" | "status" | "provider" | "method" | "providerRef" | "transactionId" | "failure" | "receiptNumber" | "paidAt" | "refundedAt" | "version" | "createdAt"> | null; status?: "pending" | "processing" | "completed" | "failed" | "refunded" | null; } | void; output: Page<Payment> };
    /** List the plans on offer. */
    getPlans: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"planCode" | "name" | "description" | "pricing" | "maxDoctors" | "currency" | "monthlyPriceMinor" | "yearlyPriceMinor" | "yearlyDiscountPoints" | "volumeDiscounts" | "feePoints" | "taxPoints" | "features" | "isActive" | "version"> | null; } | void; output: Page<Plan> };
    /** Show a receipt. */
    getReceipt: { type: "query"; input: { paymentId: string; }; output: { number: string; hospital: string; amount: string; amountMinor: number; currency: "AED" | "AFN" | "ALL" | "AMD" | "ANG" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BGN" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHF" | "CLP" | "CNY" | "COP" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "UYU" | "UYW" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAF" | "XCD" | "XOF" | "XPF" | "YER" | "ZAR" | "ZMW"; paidAt: string; refundedAt?: string | null; } };
    /** Show the hospital's subscription. */
    getSubscription: { type: "query"; input: void | Record<string, never>; output: Subscription };
    /** List the hospital's subscriptions. */
    getSubscriptions: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "planCode" | "status" | "cycle" | "doctors" | "currency" | "netMinor" | "creditMinor" | "feeMinor" | "taxMinor" | "totalMinor" | "startsAt" | "endsAt" | "cancelledAt" | "version" | "createdAt"> | null; } | void; output: Page<Subscription> };
    /** Pay by the payment service. */
    pay: { type: "mutation"; input: { paymentId: string; transactionId: string; paymentMethod?: string | null; }; output: Payment };
    /** Pay for one's own appointment. */
    payOwn: { type: "mutation"; input: { paymentId: string; transactionId: string; paymentMethod?: string | null; }; output: Payment };
    /** Reckon what a subscription costs. */
    quote: { type: "query"; input: { planCode: string; cycle: "monthly" | "yearly"; doctors?: number | null; }; output: { planCode: string; cycle: "monthly" | "yearly"; doctors: number; currency: "AED" | "AFN" | "ALL" | "AMD" | "ANG" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BGN" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHF" | "CLP" | "CNY" | "COP" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "UYU" | "UYW" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAF" | "XCD" | "XOF" | "XPF" | "YER" | "ZAR" | "ZMW"; baseMinor: number; volumeDiscountMinor: number; yearlyDiscountMinor: number; netMinor: number; creditMinor: number; feeMinor: number; taxMinor: number; totalMinor: number; } };
    /** Take a payment at the desk. */
    recordPayment: { type: "mutation"; input: { paymentId: string; method: "cash" | "upi" | "card" | "bank"; amountMinor: number; transactionId?: string | null; }; output: Payment };
    /** Pay a payment back. */
    refund: { type: "mutation"; input: { paymentId: string; version: number; }; output: Payment };
    /** Subscribe the hospital to a plan. */
    subscribe: { type: "mutation"; input: { planCode: string; cycle: "monthly" | "yearly"; doctors?: number | null; }; output: Subscription };
    /** Change a plan. */
    updatePlan: { type: "mutation"; input: { planCode: string; version: number; name?: string | null; description?: string | null; maxDoctors?: number | null; monthlyPriceMinor?: number | null; yearlyPriceMinor?: number | null; yearlyDiscountPoints?: number | null; volumeDiscounts?: Array<{ fromDoctors: number; points: number; }> | null; feePoints?: number | null; taxPoints?: number | null; features?: Array<string> | null; isActive?: boolean | null; }; output: Plan };
    /** Prove that an order was paid. */
    verifyPayment: { type: "mutation"; input: { paymentId: string; orderId: string; servicePaymentId: string; signature: string; }; output: Payment };
  };
  cache: {
    /** Forget all kept answers of the hospital. */
    clear: { type: "mutation"; input: void | Record<string, never>; output: { done: boolean; } };
  };
  calendar: {
    /** Get an address for your calendar. */
    createFeed: { type: "mutation"; input: void | Record<string, never>; output: { path: string; } };
    /** End the address for your calendar. */
    deleteFeed: { type: "mutation"; input: void | Record<string, never>; output: { done: boolean; } };
  };
  channels: {
    /** Which services take our messages?. */
    list: { type: "query"; input: void | Record<string, never>; output: { channels: Array<{ kind: "push" | "sms" | "whatsapp"; mode: "own" | "platform" | "off"; provider?: string | null; hasOwn: boolean; isConfigured: boolean; version: number; }>; } };
    /** Choose the service of a channel. */
    update: { type: "mutation"; input: { kind: "push" | "sms" | "whatsapp"; version: number; mode: "own" | "platform" | "off"; url?: string | null; }; output: { kind: "push" | "sms" | "whatsapp"; mode: "own" | "platform" | "off"; provider?: string | null; hasOwn: boolean; isConfigured: boolean; version: number; } };
  };
  checkIn: {
    /** Make a code to check in with. */
    createCode: { type: "mutation"; input: { appointmentId: string; }; output: { appointmentId: string; code: string; expiresAt: string; } };
    /** Ask for a code to show at the desk. */
    getMyCode: { type: "mutation"; input: { appointmentId: string; }; output: { appointmentId: string; code: string; expiresAt: string; } };
    /** The same as `checkIn.scan`. */
    processCheckIn: WardProcedures["checkIn"]["scan"];
    /** Check somebody in by his code. */
    scan: { type: "mutation"; input: { code: string; }; output: Appointment };
  };
  consultations: {
    /** Book a consultation for oneself. */
    book: { type: "mutation"; input: { doctorId: string; scheduledAt: string; type: "in_person" | "video" | "audio" | "chat"; symptoms?: string | null; payment?: "online" | "desk" | null; }; output: Consultation };
    /** Cancel a consultation of one's own. */
    cancel: { type: "mutation"; input: { consultationId: string; reason?: string | null; }; output: Consultation };
    /** The same as `consultations.book`. */
    create: WardProcedures["consultations"]["book"];
    /** Show a consultation. */
    get: { type: "query"; input: { consultationId: string; }; output: Consultation };
    /** Get the address of a video visit. */
    join: { type: "mutation"; input: { consultationId: string; }; output: { url: string; opensAt: string; expiresAt: string; } };
    /** List one's own consultations. */
    list: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "doctorId" | "doctorName" | "scheduledAt" | "endsAt" | "type" | "status" | "symptoms" | "feeMinor" | "currency" | "startedAt" | "endedAt" | "cancelReason" | "createdAt" | "updatedAt" | "version"> | null; status?: Array<"held" | "scheduled" | "confirmed" | "checked_in" | "in_progress" | "completed" | "cancelled" | "no_show" | "expired"> | null; } | void; output: Page<Consultation> };
    /** Carry a consultation on. */
    update: { type: "mutation"; input: { consultationId: string; status: "confirmed" | "in_progress" | "completed" | "no_show" | "cancelled"; reason?: string | null; version?: number | null; }; output: Consultation };
  };
  courses: {
    /** Book a course of sessions. */
    book: { type: "mutation"; input: { patientId: string; doctorId: string; service: string; startsAt: string; sessions?: number | null; everyDays?: number | null; minutes?: number | null; locationId?: string | null; resourceIds?: Array<string> | null; }; output: Course };
    /** End a course of sessions. */
    cancel: { type: "mutation"; input: { courseId: string; }; output: Course };
    /** The same as `courses.book`. */
    create: WardProcedures["courses"]["book"];
    /** Show a course of sessions. */
    get: { type: "query"; input: { courseId: string; }; output: Course };
    /** List courses of sessions. */
    list: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "doctorId" | "service" | "minutes" | "locationId" | "sessions" | "everyDays" | "status" | "sessionStates" | "version" | "createdAt" | "updatedAt"> | null; status?: "booking" | "booked" | "incomplete" | "completed" | "cancelled" | null; doctorId?: string | null; } | void; output: Page<Course> };
  };
  departments: {
    /** Add a department. */
    create: { type: "mutation"; input: { name: string; code: string; locationId?: string | null; }; output: Department };
    /** Take a department out of use. */
    delete: { type: "mutation"; input: { departmentId: string; }; output: Department };
    /** Show a department. */
    get: { type: "query"; input: { departmentId: string; }; output: Department };
    /** Change a department. */
    update: { type: "mutation"; input: { departmentId: string; version: number; name?: string | null; code?: string | null; locationId?: string | null; isActive?: boolean | null; }; output: Department };
  };
  doctors: {
    /** Make a doctor of the hospital. */
    create: { type: "mutation"; input: { name: string; email: string; departmentId?: string | null; licenseNumber: string; specialization?: string | null; phone?: string | null; qualification?: string | null; experienceYears?: number | null; bio?: string | null; password?: string | null; }; output: User };
    /** Make your profile as a doctor. */
    createProfile: { type: "mutation"; input: { licenseNumber: string; specialization: string; qualification: string; experienceYears: number; bio?: string | null; }; output: DoctorProfile };
    /** Deactivate a doctor of the hospital. */
    deactivate: { type: "mutation"; input: { userId: string; }; output: User };
    /** List the doctors. */
    getAll: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "name" | "role" | "departmentId" | "specialization" | "qualification" | "experienceYears" | "bio" | "isOnDuty"> | null; search?: string | null; departmentId?: string | null; } | void; output: Page<Doctor> };
    /** Show a doctor. */
    getById: { type: "query"; input: { userId: string; }; output: Doctor };
    /** Show your profile as a doctor. */
    getProfile: { type: "query"; input: void | Record<string, never>; output: DoctorProfile };
    /** Show a doctor to patients. */
    getPublicProfile: { type: "query"; input: { userId: string; }; output: DoctorListing };
    /** Rate a visit of one's own. */
    rate: { type: "mutation"; input: { appointmentId: string; score: number; }; output: DoctorListing };
    /** Find a doctor. */
    search: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "name" | "departmentId" | "specialization" | "qualification" | "experienceYears" | "bio" | "rating" | "ratings" | "feeMinor" | "isAvailable" | "isOnDuty"> | null; search?: string | null; specialization?: string | null; city?: string | null; departmentId?: string | null; locationId?: string | null; minRating?: number | null; minExperienceYears?: number | null; maxFeeMinor?: number | null; isAvailable?: boolean | null; } | void; output: Page<DoctorListing> };
    /** Change a doctor of the hospital. */
    update: { type: "mutation"; input: { userId: string; name?: string | null; departmentId?: string | null; licenseNumber?: string | null; specialization?: string | null; phone?: string | null; qualification?: string | null; experienceYears?: number | null; bio?: string | null; }; output: User };
    /** Change your profile as a doctor. */
    updateProfile: { type: "mutation"; input: { licenseNumber?: string | null; specialization?: string | null; qualification?: string | null; experienceYears?: number | null; bio?: string | null; } | void; output: DoctorProfile };
  };
  followUps: {
    /** Take a plan for a further visit back. */
    cancel: { type: "mutation"; input: { followUpId: string; }; output: FollowUp };
    /** Say that a further visit is done. */
    complete: { type: "mutation"; input: { followUpId: string; }; output: FollowUp };
    /** Plan a further visit after an appointment. */
    create: { type: "mutation"; input: { appointmentId: string; type: "routine" | "urgent" | "specialist" | "therapy" | "surgery"; afterDays?: number | null; note?: string | null; }; output: FollowUp };
    /** Show a plan for a further visit. */
    get: { type: "query"; input: { followUpId: string; }; output: { id: string; appointmentId: string; patientId: string; type: "routine" | "urgent" | "specialist" | "therapy" | "surgery"; status: "planned" | "pending" | "due" | "scheduled" | "completed" | "cancelled"; dueAt?: string | null; note?: string | null; } };
    /** The same as `followUps.list`. */
    getOverdue: WardProcedures["followUps"]["list"];
    /** Show the types of further visits. */
    getTemplates: { type: "query"; input: void | Record<string, never>; output: { types: Array<{ type: "routine" | "urgent" | "specialist" | "therapy" | "surgery"; afterDays: number; priority: "low" | "normal" | "high" | "urgent"; }>; } };
    /** List plans for further visits. */
    list: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "appointmentId" | "patientId" | "doctorId" | "type" | "afterDays" | "status" | "dueAt" | "nextAppointmentId" | "version" | "createdBy" | "createdAt" | "updatedAt"> | null; status?: "planned" | "pending" | "due" | "scheduled" | "completed" | "cancelled" | null; doctorId?: string | null; overdue?: boolean | null; } | void; output: Page<FollowUp> };
    /** Book a further visit that was planned. */
    schedule: { type: "mutation"; input: { followUpId: string; startsAt: string; doctorId?: string | null; minutes?: number | null; }; output: FollowUp };
  };
  handovers: {
    /** Accept a handover. */
    accept: { type: "mutation"; input: { handoverId: string; acknowledgment?: string | null; }; output: HandoverAnswer };
    /** Decline a handover. */
    decline: { type: "mutation"; input: { handoverId: string; reason?: string | null; }; output: HandoverAnswer };
    /** Show how handovers go. */
    getMetrics: { type: "query"; input: { timeRange?: "24h" | "7d" | "30d" | null; } | void; output: HandoverMetrics };
    /** List the handovers that wait. */
    getPending: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "fromUserId" | "fromUserName" | "toUserId" | "toUserName" | "departmentId" | "notes" | "followUps" | "alertIds" | "criticalAlertIds" | "status" | "createdAt" | "expiresAt" | "answeredBy" | "answeredByName" | "answeredAt" | "acknowledgment"> | null; box?: "received" | "given" | null; status?: "pending" | "accepted" | "declined" | "expired" | null; } | void; output: Page<Handover> };
  };
  healthcare: {
    /** The same as `handovers.accept`. */
    acceptHandover: WardProcedures["handovers"]["accept"];
    /** The same as `alerts.acknowledge`. */
    acknowledgeAlert: WardProcedures["alerts"]["acknowledge"];
    /** The same as `alerts.acknowledge`. */
    acknowledgePatientAlert: WardProcedures["alerts"]["acknowledge"];
    /** The same as `alerts.batchAcknowledge`. */
    batchAcknowledgeAlerts: WardProcedures["alerts"]["batchAcknowledge"];
    /** The same as `alerts.batchResolve`. */
    batchResolveAlerts: WardProcedures["alerts"]["batchResolve"];
    /** The same as `alerts.batchAcknowledge`. */
    bulkAcknowledgeAlerts: WardProcedures["alerts"]["batchAcknowledge"];
    /** The same as `alerts.create`. */
    createAlert: WardProcedures["alerts"]["create"];
    /** The same as `alerts.createFromTemplate`. */
    createAlertFromTemplate: WardProcedures["alerts"]["createFromTemplate"];
    /** The same as `alerts.createTemplate`. */
    createAlertTemplate: WardProcedures["alerts"]["createTemplate"];
    /** The same as `patient.create`. */
    createPatient: WardProcedures["patient"]["create"];
    /** The same as `alerts.deleteTemplate`. */
    deleteAlertTemplate: WardProcedures["alerts"]["deleteTemplate"];
    /** The same as `patient.discharge`. */
    dischargePatient: WardProcedures["patient"]["discharge"];
    /** End the shift and hand over. */
    endShift: { type: "mutation"; input: { handoverNotes: string; criticalAlerts?: Array<string> | null; followUpRequired?: Array<string> | null; toUserId?: string | null; }; output: EndedShift };
    /** The same as `alerts.list`. */
    getActiveAlerts: WardProcedures["alerts"]["list"];
    /** The same as `alerts.getActiveEscalations`. */
    getActiveEscalations: WardProcedures["alerts"]["getActiveEscalations"];
    /** The same as `alerts.get`. */
    getAlert: WardProcedures["alerts"]["get"];
    /** The same as `alerts.getAnalytics`. */
    getAlertAnalytics: WardProcedures["alerts"]["getAnalytics"];
    /** The same as `alerts.get`. */
    getAlertById: WardProcedures["alerts"]["get"];
    /** The same as `alerts.getHistory`. */
    getAlertHistory: WardProcedures["alerts"]["getHistory"];
    /** The same as `alerts.getStats`. */
    getAlertStats: WardProcedures["alerts"]["getStats"];
    /** The same as `alerts.getTemplates`. */
    getAlertTemplates: WardProcedures["alerts"]["getTemplates"];
    /** The same as `alerts.getTimeline`. */
    getAlertTimeline: WardProcedures["alerts"]["getTimeline"];
    /** The same as `hospitals.getAll`. */
    getAvailableHospitals: WardProcedures["hospitals"]["getAll"];
    /** The same as `hospitals.getDepartments`. */
    getDepartments: WardProcedures["hospitals"]["getDepartments"];
    /** The same as `alerts.getEscalationHistory`. */
    getEscalationHistory: WardProcedures["alerts"]["getEscalationHistory"];
    /** The same as `alerts.getEscalationStatus`. */
    getEscalationStatus: WardProcedures["alerts"]["getEscalationStatus"];
    /** The same as `handovers.getMetrics`. */
    getHandoverMetrics: WardProcedures["handovers"]["getMetrics"];
    /** The same as `hospitals.getCurrent`. */
    getHospital: WardProcedures["hospitals"]["getCurrent"];
    /** The same as `alerts.getMetrics`. */
    getMetrics: WardProcedures["alerts"]["getMetrics"];
    /** The same as `patient.getMyPatients`. */
    getMyPatients: WardProcedures["patient"]["getMyPatients"];
    /** Who is on duty. */
    getOnDutyStaff: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"userId" | "name" | "role" | "departmentId" | "shiftStartedAt"> | null; departmentId?: string | null; } | void; output: Page<Staff> };
    /** Am I on duty. */
    getOnDutyStatus: { type: "query"; input: void | Record<string, never>; output: Duty };
    /** The same as `alerts.getPatientAlerts`. */
    getPatientAlerts: WardProcedures["alerts"]["getPatientAlerts"];
    /** The same as `patient.getDetails`. */
    getPatientById: WardProcedures["patient"]["getDetails"];
    /** The same as `handovers.getPending`. */
    getPendingHandovers: WardProcedures["handovers"]["getPending"];
    /** The same as `alerts.getResponseAnalytics`. */
    getResponseAnalytics: WardProcedures["alerts"]["getResponseAnalytics"];
    /** The same as `healthcare.getOnDutyStatus`. */
    getShiftStatus: WardProcedures["healthcare"]["getOnDutyStatus"];
    /** What came of my shift. */
    getShiftSummary: { type: "query"; input: void | Record<string, never>; output: ShiftSummary };
    /** The same as `alerts.resolve`. */
    resolveAlert: WardProcedures["alerts"]["resolve"];
    /** The same as `organization.setDefaultHospital`. */
    setDefaultHospital: WardProcedures["organization"]["setDefaultHospital"];
    /** The same as `alerts.onEvent`. */
    subscribeToAlerts: WardProcedures["alerts"]["onEvent"];
    /** Go on duty or off duty. */
    toggleOnDuty: { type: "mutation"; input: { isOnDuty: boolean; handoverNotes?: string | null; }; output: Duty };
    /** The same as `alerts.transfer`. */
    transferAlert: WardProcedures["alerts"]["transfer"];
    /** The same as `alerts.escalate`. */
    triggerEscalation: WardProcedures["alerts"]["escalate"];
    /** The same as `alerts.updateTemplate`. */
    updateAlertTemplate: WardProcedures["alerts"]["updateTemplate"];
    /** The same as `patient.updatePatient`. */
    updatePatient: WardProcedures["patient"]["updatePatient"];
    /** The same as `users.updateRole`. */
    updateUserRole: WardProcedures["users"]["updateRole"];
  };
  hospitals: {
    /** Confirm the code to change the hospital's particulars. */
    confirmEdit: { type: "mutation"; input: { code: string; }; output: { done: boolean; } };
    /** List my hospitals. */
    getAll: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "organizationId" | "name" | "type" | "subdomain" | "timeZone" | "isActive" | "role" | "departmentId"> | null; } | void; output: Page<OwnHospital> };
    /** Find a hospital by its subdomain. */
    getBySubdomain: { type: "query"; input: { subdomain: string; }; output: PublicHospital };
    /** Show my hospital. */
    getCurrent: { type: "query"; input: void | Record<string, never>; output: Hospital };
    /** List the departments. */
    getDepartments: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "name" | "code" | "locationId" | "isActive" | "version"> | null; includeInactive?: boolean | null; } | void; output: Page<Department> };
    /** Register a hospital. */
    register: { type: "mutation"; input: { name: string; subdomain: string; type?: "hospital" | "clinic" | null; timeZone?: string | null; licenseNumber?: string | null; taxNumber?: string | null; email?: string | null; phone?: string | null; address?: string | null; }; output: Hospital };
    /** Ask for a code to change the hospital's particulars. */
    requestEdit: { type: "mutation"; input: void | Record<string, never>; output: { expiresAt: string; } };
    /** Change the hospital's particulars. */
    updateDetails: { type: "mutation"; input: { name?: string | null; subdomain?: string | null; licenseNumber?: string | null; taxNumber?: string | null; email?: string | null; phone?: string | null; address?: string | null; } | void; output: Hospital };
    /** Change the hospital's settings. */
    updateSettings: { type: "mutation"; input: { type?: "hospital" | "clinic" | null; timeZone?: string | null; currency?: "AED" | "AFN" | "ALL" | "AMD" | "ANG" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BGN" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHF" | "CLP" | "CNY" | "COP" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "UYU" | "UYW" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAF" | "XCD" | "XOF" | "XPF" | "YER" | "ZAR" | "ZMW" | null; isActive?: boolean | null; nursesResolve?: boolean | null; restrictRecords?: boolean | null; idleMinutes?: number | null; } | void; output: Hospital };
  };
  imports: {
    /** Check a file before it is imported. */
    check: { type: "mutation"; input: { kind: "staff" | "rooms" | "patients" | "appointments"; csv: string; }; output: { kind: "staff" | "rooms" | "patients" | "appointments"; lines: number; valid: number; imported: number; problems: Array<{ line: number; column: string | null; message: string; rule: string; }>; } };
    /** Import a file. */
    run: { type: "mutation"; input: { kind: "staff" | "rooms" | "patients" | "appointments"; csv: string; }; output: { kind: "staff" | "rooms" | "patients" | "appointments"; lines: number; valid: number; imported: number; problems: Array<{ line: number; column: string | null; message: string; rule: string; }>; } };
  };
  lines: {
    /** Call the next of a department's line. */
    callNext: { type: "mutation"; input: { departmentId: string; }; output: LineEntry };
    /** Give the next number of a department's line. */
    join: { type: "mutation"; input: { departmentId: string; }; output: { id: string; departmentId: string; number: number; position: number; joinedAt: string; expiresAt: string; token: string; } };
    /** Take somebody out of a line. */
    leave: { type: "mutation"; input: { lineEntryId: string; }; output: LineEntry };
    /** List who waits in a department. */
    list: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "departmentId" | "number" | "state" | "joinedAt" | "calledAt" | "leftAt" | "expiresAt"> | null; departmentId: string; }; output: Page<LineEntry> };
  };
  locations: {
    /** Add a location. */
    create: { type: "mutation"; input: { name: string; address?: string | null; phone?: string | null; hours?: Array<{ day: number; opens: string; closes: string; }> | null; timeZone?: string | null; }; output: Location };
    /** Remove a location. */
    delete: { type: "mutation"; input: { locationId: string; }; output: Location };
    /** List the locations. */
    getAll: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "name" | "address" | "phone" | "hours" | "timeZone" | "version"> | null; } | void; output: Page<Location> };
    /** Show a location. */
    getById: { type: "query"; input: { locationId: string; }; output: Location };
    /** Change a location. */
    update: { type: "mutation"; input: { locationId: string; version: number; name?: string | null; address?: string | null; phone?: string | null; hours?: Array<{ day: number; opens: string; closes: string; }> | null; timeZone?: string | null; }; output: Location };
  };
  mails: {
    /** Show how a mail stands. */
    get: { type: "query"; input: { mailId: string; }; output: Mail };
    /** The same as `mails.get`. */
    getStatus: WardProcedures["mails"]["get"];
    /** List the hospital's mails. */
    list: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "template" | "status" | "reason" | "attempts" | "queuedAt" | "sentAt" | "deliveredAt" | "failedAt"> | null; } | void; output: Page<Mail> };
  };
  notification: {
    /** Take the hospital's own words away. */
    deleteTemplate: { type: "mutation"; input: { name: string; language: string; }; output: { done: boolean; } };
    /** Show how people are told who have chosen nothing. */
    getDefaults: { type: "query"; input: void | Record<string, never>; output: Preferences };
    /** List whom an alert reached and how. */
    getDeliveries: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "userId" | "userName" | "tier" | "kind" | "channel" | "status" | "reason" | "attempts" | "createdAt" | "sentAt" | "deliveredAt" | "readAt" | "endedAt" | "secondsAfterAlert"> | null; alertId: string; }; output: Page<Delivery> };
    /** The same as `notification.list`. */
    getNotifications: WardProcedures["notification"]["list"];
    /** Show how one wants to be told. */
    getPreferences: { type: "query"; input: void | Record<string, never>; output: Preferences };
    /** List one's unread notifications. */
    getUnread: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "kind" | "title" | "text" | "alertId" | "tier" | "urgencyLevel" | "times" | "createdAt" | "toldAt" | "readAt"> | null; } | void; output: Page<Notification> };
    /** Count one's unread notifications. */
    getUnreadCount: { type: "query"; input: void | Record<string, never>; output: { unread: number; } };
    /** List one's own notifications. */
    list: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "kind" | "title" | "text" | "alertId" | "tier" | "urgencyLevel" | "times" | "createdAt" | "toldAt" | "readAt"> | null; status?: "unread" | "all" | null; } | void; output: Page<Notification> };
    /** List the words of messages. */
    listTemplates: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"name" | "language" | "subject" | "body" | "html" | "isOwn" | "values" | "updatedAt"> | null; } | void; output: Page<MessageTemplate> };
    /** List my devices. */
    listTokens: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "platform" | "createdAt"> | null; } | void; output: Page<PushToken> };
    /** The same as `notification.markAllRead`. */
    markAllAsRead: WardProcedures["notification"]["markAllRead"];
    /** Mark all notifications as read. */
    markAllRead: { type: "mutation"; input: void | Record<string, never>; output: { marked: number; } };
    /** The same as `notification.markRead`. */
    markAsRead: WardProcedures["notification"]["markRead"];
    /** Mark a notification as read. */
    markRead: { type: "mutation"; input: { notificationId: string; }; output: Notification };
    /** Show what a template would say. */
    previewTemplate: { type: "mutation"; input: { name: string; subject: string; body: string; html?: string | null; }; output: { subject: string; body: string; html?: string | null; } };
    /** Send my push messages to this device. */
    registerToken: { type: "mutation"; input: { token: string; platform?: "ios" | "android" | "web" | "other" | null; }; output: PushToken };
    /** Be told as the hospital has it. */
    resetPreferences: { type: "mutation"; input: void | Record<string, never>; output: Preferences };
    /** Send oneself a test. */
    sendTest: { type: "mutation"; input: { channel: "push" | "email" | "sms" | "whatsapp"; }; output: { id: string; channel: "push" | "email" | "sms" | "whatsapp"; } };
    /** Note how a patient is reached. */
    setPatientChannels: { type: "mutation"; input: { patientId: string; channels: Array<"push" | "email" | "sms" | "whatsapp">; language?: string | null; }; output: PatientChannels };
    /** Remove a device. */
    unregisterToken: { type: "mutation"; input: { tokenId: string; }; output: { done: boolean; } };
    /** Choose how people are told who have chosen nothing. */
    updateDefaults: { type: "mutation"; input: { channels?: Array<"push" | "sms" | "whatsapp"> | null; email?: boolean | null; muted?: boolean | null; quietFrom?: string | null; quietUntil?: string | null; language?: string | null; } | void; output: Preferences };
    /** Choose how one is told. */
    updatePreferences: { type: "mutation"; input: { channels?: Array<"push" | "sms" | "whatsapp"> | null; email?: boolean | null; muted?: boolean | null; quietFrom?: string | null; quietUntil?: string | null; language?: string | null; } | void; output: Preferences };
    /** Give a message the hospital's own words. */
    updateTemplate: { type: "mutation"; input: { name: string; language: string; subject: string; body: string; html?: string | null; }; output: MessageTemplate };
  };
  onCall: {
    /** Let somebody stand in. */
    addOverride: { type: "mutation"; input: { scheduleId: string; userId: string; from: string; to: string; }; output: OnCallOverride };
    /** Add a schedule on call. */
    createSchedule: { type: "mutation"; input: { name: string; departmentId?: string | null; role?: "super_admin" | "system_admin" | "organization_admin" | "hospital_admin" | "manager" | "support" | "operator" | "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "receptionist" | "medical_assistant" | "billing_specialist" | "auditor" | "compliance_officer" | "data_analyst" | null; layers: Array<{ participants: Array<string>; rotation: "daily" | "weekly" | "custom"; hours?: number | null; handover: string; startDate: string; endDate?: string | null; week?: { monday?: Array<{ start: string; end: string; }> | null; tuesday?: Array<{ start: string; end: string; }> | null; wednesday?: Array<{ start: string; end: string; }> | null; thursday?: Array<{ start: string; end: string; }> | null; friday?: Array<{ start: string; end: string; }> | null; saturday?: Array<{ start: string; end: string; }> | null; sunday?: Array<{ start: string; end: string; }> | null; } | null; }>; }; output: OnCallSchedule };
    /** Remove a schedule on call. */
    deleteSchedule: { type: "mutation"; input: { scheduleId: string; }; output: OnCallSchedule };
    /** Who is on call when. */
    getCalendar: { type: "query"; input: { scheduleId: string; from?: string | null; to?: string | null; }; output: OnCallCalendar };
    /** Who is on call. */
    getCurrent: { type: "query"; input: { at?: string | null; } | void; output: CurrentOnCall };
    /** When nobody is reachable. */
    getGaps: { type: "query"; input: { from?: string | null; to?: string | null; } | void; output: OnCallGaps };
    /** Whom would an alert reach. */
    getReadiness: { type: "query"; input: { at?: string | null; } | void; output: Readiness };
    /** Show a schedule on call. */
    getSchedule: { type: "query"; input: { scheduleId: string; }; output: OnCallSchedule };
    /** List the schedules on call. */
    listSchedules: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "name" | "departmentId" | "role" | "timeZone" | "layers" | "overrides" | "version"> | null; departmentId?: string | null; } | void; output: Page<OnCallSchedule> };
    /** Let nobody stand in. */
    removeOverride: { type: "mutation"; input: { scheduleId: string; overrideId: string; }; output: OnCallOverride };
    /** Change a schedule on call. */
    updateSchedule: { type: "mutation"; input: { scheduleId: string; version: number; name?: string | null; departmentId?: string | null; role?: "super_admin" | "system_admin" | "organization_admin" | "hospital_admin" | "manager" | "support" | "operator" | "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "receptionist" | "medical_assistant" | "billing_specialist" | "auditor" | "compliance_officer" | "data_analyst" | null; layers?: Array<{ participants: Array<string>; rotation: "daily" | "weekly" | "custom"; hours?: number | null; handover: string; startDate: string; endDate?: string | null; week?: { monday?: Array<{ start: string; end: string; }> | null; tuesday?: Array<{ start: string; end: string; }> | null; wednesday?: Array<{ start: string; end: string; }> | null; thursday?: Array<{ start: string; end: string; }> | null; friday?: Array<{ start: string; end: string; }> | null; saturday?: Array<{ start: string; end: string; }> | null; sunday?: Array<{ start: string; end: string; }> | null; } | null; }> | null; }; output: OnCallSchedule };
  };
  organization: {
    /** Accept an invitation. */
    acceptInvitation: { type: "mutation"; input: { token: string; }; output: { hospitalId: string; role: string; } };
    /** Take my request back. */
    cancelJoinRequest: { type: "mutation"; input: { joinRequestId: string; }; output: { done: boolean; } };
    /** Make an organisation. */
    create: { type: "mutation"; input: { name: string; slug: string; type?: "business" | "nonprofit" | "education" | "personal" | null; hospitalName?: string | null; subdomain?: string | null; hospitalType?: "hospital" | "clinic" | null; timeZone?: string | null; }; output: { organizationId: string; hospitalId: string; } };
    /** Make a join code. */
    generateCode: { type: "mutation"; input: { role: "super_admin" | "system_admin" | "organization_admin" | "hospital_admin" | "manager" | "support" | "operator" | "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "receptionist" | "medical_assistant" | "billing_specialist" | "auditor" | "compliance_officer" | "data_analyst"; departmentId?: string | null; maxUses?: number | null; expiresInHours?: number | null; }; output: JoinCode };
    /** Show the organisation. */
    get: { type: "query"; input: void | Record<string, never>; output: Organization };
    /** The same as `users.getAll`. */
    getMembers: WardProcedures["users"]["getAll"];
    /** Invite people by mail. */
    inviteMembers: { type: "mutation"; input: { emails: Array<string>; role: "super_admin" | "system_admin" | "organization_admin" | "hospital_admin" | "manager" | "support" | "operator" | "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "receptionist" | "medical_assistant" | "billing_specialist" | "auditor" | "compliance_officer" | "data_analyst"; departmentId?: string | null; message?: string | null; expiresInHours?: number | null; }; output: { invited: Array<{ id: string; email: string; }>; members: Array<string>; } };
    /** Join with a code. */
    joinByCode: { type: "mutation"; input: { code: string; }; output: { hospitalId: string; role: string; } };
    /** List my organisations. */
    list: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "name" | "slug" | "type" | "size" | "industry" | "website" | "description" | "email" | "phone" | "address" | "defaultHospitalId" | "createdAt"> | null; } | void; output: Page<Organization> };
    /** List the join codes. */
    listCodes: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "code" | "role" | "departmentId" | "maxUses" | "uses" | "createdAt" | "expiresAt" | "revokedAt"> | null; } | void; output: Page<JoinCode> };
    /** List the invitations. */
    listInvitations: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "email" | "role" | "departmentId" | "invitedBy" | "createdAt" | "expiresAt" | "acceptedAt" | "revokedAt"> | null; } | void; output: Page<Invitation> };
    /** List who asks to be let in. */
    listJoinRequests: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "userId" | "name" | "email" | "role" | "message" | "status" | "note" | "createdAt" | "reviewedAt"> | null; status?: "pending" | "approved" | "rejected" | "cancelled" | null; } | void; output: Page<JoinRequest> };
    /** List where I asked. */
    listUserJoinRequests: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "hospitalName" | "role" | "message" | "status" | "note" | "createdAt" | "reviewedAt"> | null; } | void; output: Page<OwnJoinRequest> };
    /** The same as `organization.list`. */
    listUserOrganizations: WardProcedures["organization"]["list"];
    /** The same as `users.deactivate`. */
    removeMember: WardProcedures["users"]["deactivate"];
    /** Decide about somebody who asks to be let in. */
    reviewJoinRequest: { type: "mutation"; input: { joinRequestId: string; verdict: "approved" | "rejected"; role?: "super_admin" | "system_admin" | "organization_admin" | "hospital_admin" | "manager" | "support" | "operator" | "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "receptionist" | "medical_assistant" | "billing_specialist" | "auditor" | "compliance_officer" | "data_analyst" | null; departmentId?: string | null; note?: string | null; }; output: JoinRequest };
    /** Take a join code back. */
    revokeCode: { type: "mutation"; input: { joinCodeId: string; }; output: JoinCode };
    /** Take an invitation back. */
    revokeInvitation: { type: "mutation"; input: { invitationId: string; }; output: Invitation };
    /** Ask to be let in. */
    sendJoinRequest: { type: "mutation"; input: { subdomain: string; role: "manager" | "support" | "operator" | "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "receptionist" | "medical_assistant" | "billing_specialist" | "auditor" | "compliance_officer" | "data_analyst"; message?: string | null; }; output: { id: string; status: string; } };
    /** Choose the organisation's default hospital. */
    setDefaultHospital: { type: "mutation"; input: { hospitalId: string; }; output: Organization };
    /** Show where an invitation leads. */
    showInvitation: { type: "mutation"; input: { token: string; }; output: { hospitalName: string; organizationName: string; email: string; role: string; state: string; expiresAt: string; } };
    /** Change the organisation. */
    update: { type: "mutation"; input: { name?: string | null; type?: "business" | "nonprofit" | "education" | "personal" | null; size?: "solo" | "small" | "medium" | "large" | "enterprise" | null; industry?: string | null; website?: string | null; description?: string | null; email?: string | null; phone?: string | null; address?: string | null; } | void; output: Organization };
    /** The same as `users.updateRole`. */
    updateMemberRole: WardProcedures["users"]["updateRole"];
  };
  patient: {
    /** Write allergy into a patient's chart. */
    addAllergy: { type: "mutation"; input: { patientId: string; substance: string; reaction?: string | null; severity: "mild" | "moderate" | "severe"; standing?: "active" | "inactive" | null; notes?: string | null; }; output: Allergy };
    /** Write imaging report into a patient's chart. */
    addImagingReport: { type: "mutation"; input: { patientId: string; modality: "xray" | "ct" | "mri" | "ultrasound" | "mammography" | "nuclear" | "other"; bodyPart: string; findings: string; impression?: string | null; takenAt: string; }; output: ImagingReport };
    /** Write lab report into a patient's chart. */
    addLabReport: { type: "mutation"; input: { patientId: string; test: string; code?: string | null; value: string; unit?: string | null; referenceRange?: string | null; flag?: "normal" | "low" | "high" | "abnormal" | "critical" | null; takenAt: string; notes?: string | null; }; output: LabReport };
    /** Write medical record into a patient's chart. */
    addRecord: { type: "mutation"; input: { patientId: string; recordType: "history" | "diagnosis" | "procedure" | "surgery" | "immunization" | "medication" | "family" | "social"; title: string; code?: string | null; description?: string | null; occurredOn?: string | null; }; output: MedicalRecord };
    /** Put somebody into a patient's care team. */
    assignToCareTeam: { type: "mutation"; input: { patientId: string; userId: string; role: "primary_doctor" | "attending_nurse" | "specialist" | "resident" | "intern"; notes?: string | null; }; output: { id: string; patientId: string; userId: string; userName: string; role: "primary_doctor" | "attending_nurse" | "specialist" | "resident" | "intern"; notes: string | null; assignedAt: string; endedAt: string | null; } };
    /** Open a record in an emergency. */
    breakGlass: { type: "mutation"; input: { patientId: string; reason: string; code: string; minutes?: number | null; }; output: AccessReview };
    /** Take a patient in. */
    create: { type: "mutation"; input: { name: string; admittedAt?: string | null; mrn?: string | null; dateOfBirth?: string | null; gender?: "male" | "female" | "other" | "unknown" | null; bloodType?: "A+" | "A-" | "B+" | "B-" | "AB+" | "AB-" | "O+" | "O-" | null; nationalId?: string | null; phone?: string | null; email?: string | null; address?: string | null; departmentId?: string | null; roomNumber?: string | null; bedNumber?: string | null; primaryDiagnosis?: string | null; secondaryDiagnoses?: Array<string> | null; allergies?: Array<string> | null; medications?: Array<{ name: string; dosage: string; frequency: string; }> | null; emergencyContact?: { name: string; relationship: string; phone: string; } | null; flags?: { dnr?: boolean | null; fallRisk?: boolean | null; allergyAlert?: boolean | null; } | null; notes?: string | null; }; output: Patient };
    /** The same as `patient.create`. */
    createPatient: WardProcedures["patient"]["create"];
    /** Discharge a patient. */
    discharge: { type: "mutation"; input: { patientId: string; dischargeNotes: string; dischargeDiagnosis?: string | null; }; output: Patient };
    /** The same as `patient.discharge`. */
    dischargePatient: WardProcedures["patient"]["discharge"];
    /** The same as `patient.getDetails`. */
    get: WardProcedures["patient"]["getDetails"];
    /** List who saw a patient's record. */
    getAccessLog: { type: "query"; input: { patientId: string; limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "occurredAt" | "action" | "actorKind" | "actorId" | "actorName" | "actorRole" | "requestId"> | null; }; output: Page<Access> };
    /** List a patient's allergies. */
    getAllergies: { type: "query"; input: { patientId: string; limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "substance" | "reaction" | "severity" | "standing" | "notes" | "createdBy" | "createdAt" | "updatedAt" | "version"> | null; }; output: Page<Allergy> };
    /** Show one of a patient's allergies. */
    getAllergy: { type: "query"; input: { patientId: string; allergyId: string; }; output: Allergy };
    /** Show who looks after a patient. */
    getCareTeam: { type: "query"; input: { patientId: string; }; output: { members: Array<{ id: string; patientId: string; userId: string; userName: string; role: "primary_doctor" | "attending_nurse" | "specialist" | "resident" | "intern"; notes: string | null; assignedAt: string; endedAt: string | null; }>; } };
    /** Show the last vital signs. */
    getCurrentVitals: { type: "query"; input: { patientId: string; }; output: { vitals: { id: string; patientId: string; recordedBy: string; recordedAt: string; heartRate: number | null; systolic: number | null; diastolic: number | null; temperature: number | null; respiratoryRate: number | null; oxygenSaturation: number | null; bloodGlucose: number | null; pain: number | null; critical: Array<"heartRate" | "systolic" | "diastolic" | "temperature" | "respiratoryRate" | "oxygenSaturation" | "bloodGlucose" | "pain">; alertId: string | null; notes: string | null; } | null; trend: { heartRate: "up" | "down" | "stable" | null; systolic: "up" | "down" | "stable" | null; diastolic: "up" | "down" | "stable" | null; temperature: "up" | "down" | "stable" | null; respiratoryRate: "up" | "down" | "stable" | null; oxygenSaturation: "up" | "down" | "stable" | null; bloodGlucose: "up" | "down" | "stable" | null; pain: "up" | "down" | "stable" | null; }; } };
    /** Count the hospital's patients. */
    getDashboard: { type: "query"; input: void | Record<string, never>; output: PatientDashboard };
    /** Show a patient. */
    getDetails: { type: "query"; input: { patientId: string; }; output: Patient };
    /** Show one of a patient's imaging reports. */
    getImagingReport: { type: "query"; input: { patientId: string; imagingReportId: string; }; output: ImagingReport };
    /** List a patient's imaging reports. */
    getImagingReports: { type: "query"; input: { patientId: string; limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "modality" | "bodyPart" | "findings" | "impression" | "takenAt" | "createdBy" | "createdAt" | "updatedAt" | "version"> | null; }; output: Page<ImagingReport> };
    /** Show one of a patient's lab reports. */
    getLabReport: { type: "query"; input: { patientId: string; labReportId: string; }; output: LabReport };
    /** List a patient's lab reports. */
    getLabReports: { type: "query"; input: { patientId: string; limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "test" | "code" | "value" | "unit" | "referenceRange" | "flag" | "takenAt" | "notes" | "createdBy" | "createdAt" | "updatedAt" | "version"> | null; }; output: Page<LabReport> };
    /** List who saw one's own record. */
    getMyAccessLog: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "occurredAt" | "action" | "actorKind" | "actorId" | "actorName" | "actorRole" | "requestId"> | null; } | void; output: Page<Access> };
    /** List one's own allergies. */
    getMyAllergies: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "substance" | "reaction" | "severity" | "standing" | "notes" | "createdBy" | "createdAt" | "updatedAt" | "version"> | null; } | void; output: Page<Allergy> };
    /** List one's own imaging reports. */
    getMyImagingReports: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "modality" | "bodyPart" | "findings" | "impression" | "takenAt" | "createdBy" | "createdAt" | "updatedAt" | "version"> | null; } | void; output: Page<ImagingReport> };
    /** List one's own lab reports. */
    getMyLabReports: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "test" | "code" | "value" | "unit" | "referenceRange" | "flag" | "takenAt" | "notes" | "createdBy" | "createdAt" | "updatedAt" | "version"> | null; } | void; output: Page<LabReport> };
    /** List the patients in whose care team one is. */
    getMyPatients: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "hospitalId" | "mrn" | "name" | "dateOfBirth" | "gender" | "departmentId" | "roomNumber" | "bedNumber" | "status" | "flags" | "admittedAt" | "dischargedAt" | "createdAt" | "updatedAt" | "version" | "isRestricted"> | null; } | void; output: Page<PatientSummary> };
    /** Show one's own record. */
    getMyRecord: { type: "query"; input: void | Record<string, never>; output: Patient };
    /** List one's own medical records. */
    getMyRecords: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "recordType" | "title" | "code" | "description" | "occurredOn" | "createdBy" | "createdAt" | "updatedAt" | "version"> | null; } | void; output: Page<MedicalRecord> };
    /** Show one's own vital signs. */
    getMyVitals: { type: "query"; input: { timeRange?: "1h" | "6h" | "24h" | "72h" | null; } | void; output: { readings: Array<{ id: string; patientId: string; recordedBy: string; recordedAt: string; heartRate: number | null; systolic: number | null; diastolic: number | null; temperature: number | null; respiratoryRate: number | null; oxygenSaturation: number | null; bloodGlucose: number | null; pain: number | null; critical: Array<"heartRate" | "systolic" | "diastolic" | "temperature" | "respiratoryRate" | "oxygenSaturation" | "bloodGlucose" | "pain">; alertId: string | null; notes: string | null; }>; statistics: { heartRate: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; systolic: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; diastolic: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; temperature: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; respiratoryRate: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; oxygenSaturation: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; bloodGlucose: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; pain: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; }; } };
    /** List patients. */
    getPatientsList: { type: "mutation"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "hospitalId" | "mrn" | "name" | "dateOfBirth" | "gender" | "departmentId" | "roomNumber" | "bedNumber" | "status" | "flags" | "admittedAt" | "dischargedAt" | "createdAt" | "updatedAt" | "version" | "isRestricted"> | null; departmentId?: string | null; doctorId?: string | null; status?: "active" | "discharged" | "all" | null; flags?: { dnr?: boolean | null; fallRisk?: boolean | null; allergyAlert?: boolean | null; } | null; patientIds?: Array<string> | null; } | void; output: Page<PatientSummary> };
    /** Show one of a patient's medical records. */
    getRecord: { type: "query"; input: { patientId: string; recordId: string; }; output: MedicalRecord };
    /** List a patient's medical records. */
    getRecords: { type: "query"; input: { patientId: string; limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "recordType" | "title" | "code" | "description" | "occurredOn" | "createdBy" | "createdAt" | "updatedAt" | "version"> | null; }; output: Page<MedicalRecord> };
    /** Show the vital signs of the last hours, at most 500 readings. */
    getVitalsHistory: { type: "query"; input: { patientId: string; timeRange?: "1h" | "6h" | "24h" | "72h" | null; }; output: { readings: Array<{ id: string; patientId: string; recordedBy: string; recordedAt: string; heartRate: number | null; systolic: number | null; diastolic: number | null; temperature: number | null; respiratoryRate: number | null; oxygenSaturation: number | null; bloodGlucose: number | null; pain: number | null; critical: Array<"heartRate" | "systolic" | "diastolic" | "temperature" | "respiratoryRate" | "oxygenSaturation" | "bloodGlucose" | "pain">; alertId: string | null; notes: string | null; }>; statistics: { heartRate: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; systolic: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; diastolic: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; temperature: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; respiratoryRate: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; oxygenSaturation: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; bloodGlucose: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; pain: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; }; } };
    /** Tie a patient's record to his account. */
    linkAccount: { type: "mutation"; input: { patientId: string; userId: string; }; output: Patient };
    /** The same as `patient.getPatientsList`. */
    list: WardProcedures["patient"]["getPatientsList"];
    /** Write down vital signs. */
    recordVitals: { type: "mutation"; input: { patientId: string; heartRate?: number | null; systolic?: number | null; diastolic?: number | null; temperature?: number | null; respiratoryRate?: number | null; oxygenSaturation?: number | null; bloodGlucose?: number | null; pain?: number | null; notes?: string | null; }; output: { id: string; patientId: string; recordedBy: string; recordedAt: string; heartRate: number | null; systolic: number | null; diastolic: number | null; temperature: number | null; respiratoryRate: number | null; oxygenSaturation: number | null; bloodGlucose: number | null; pain: number | null; critical: Array<"heartRate" | "systolic" | "diastolic" | "temperature" | "respiratoryRate" | "oxygenSaturation" | "bloodGlucose" | "pain">; alertId: string | null; notes: string | null; } };
    /** Take one of a patient's allergies out. */
    removeAllergy: { type: "mutation"; input: { patientId: string; allergyId: string; }; output: Allergy };
    /** Take somebody out of a patient's care team. */
    removeFromCareTeam: { type: "mutation"; input: { patientId: string; userId: string; }; output: { id: string; patientId: string; userId: string; userName: string; role: "primary_doctor" | "attending_nurse" | "specialist" | "resident" | "intern"; notes: string | null; assignedAt: string; endedAt: string | null; } };
    /** Take one of a patient's imaging reports out. */
    removeImagingReport: { type: "mutation"; input: { patientId: string; imagingReportId: string; }; output: ImagingReport };
    /** Take one of a patient's lab reports out. */
    removeLabReport: { type: "mutation"; input: { patientId: string; labReportId: string; }; output: LabReport };
    /** Take one of a patient's medical records out. */
    removeRecord: { type: "mutation"; input: { patientId: string; recordId: string; }; output: MedicalRecord };
    /** Search for patients. */
    search: { type: "mutation"; input: { text: string; limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "hospitalId" | "mrn" | "name" | "dateOfBirth" | "gender" | "departmentId" | "roomNumber" | "bedNumber" | "status" | "flags" | "admittedAt" | "dischargedAt" | "createdAt" | "updatedAt" | "version" | "isRestricted"> | null; }; output: Page<PatientSummary> };
    /** The same as `patient.updatePatient`. */
    update: WardProcedures["patient"]["updatePatient"];
    /** Write one of a patient's allergies anew. */
    updateAllergy: { type: "mutation"; input: { patientId: string; allergyId: string; version: number; substance: string; reaction?: string | null; severity: "mild" | "moderate" | "severe"; standing?: "active" | "inactive" | null; notes?: string | null; }; output: Allergy };
    /** Write one of a patient's imaging reports anew. */
    updateImagingReport: { type: "mutation"; input: { patientId: string; imagingReportId: string; version: number; modality: "xray" | "ct" | "mri" | "ultrasound" | "mammography" | "nuclear" | "other"; bodyPart: string; findings: string; impression?: string | null; takenAt: string; }; output: ImagingReport };
    /** Write one of a patient's lab reports anew. */
    updateLabReport: { type: "mutation"; input: { patientId: string; labReportId: string; version: number; test: string; code?: string | null; value: string; unit?: string | null; referenceRange?: string | null; flag?: "normal" | "low" | "high" | "abnormal" | "critical" | null; takenAt: string; notes?: string | null; }; output: LabReport };
    /** Change a patient's record. */
    updatePatient: { type: "mutation"; input: { patientId: string; version: number; name?: string | null; clear?: Array<"dateOfBirth" | "bloodType" | "nationalId" | "phone" | "email" | "address" | "primaryDiagnosis" | "emergencyContact" | "notes" | "departmentId" | "roomNumber" | "bedNumber"> | null; mrn?: string | null; dateOfBirth?: string | null; gender?: "male" | "female" | "other" | "unknown" | null; bloodType?: "A+" | "A-" | "B+" | "B-" | "AB+" | "AB-" | "O+" | "O-" | null; nationalId?: string | null; phone?: string | null; email?: string | null; address?: string | null; departmentId?: string | null; roomNumber?: string | null; bedNumber?: string | null; primaryDiagnosis?: string | null; secondaryDiagnoses?: Array<string> | null; allergies?: Array<string> | null; medications?: Array<{ name: string; dosage: string; frequency: string; }> | null; emergencyContact?: { name: string; relationship: string; phone: string; } | null; flags?: { dnr?: boolean | null; fallRisk?: boolean | null; allergyAlert?: boolean | null; } | null; notes?: string | null; }; output: Patient };
    /** Write one of a patient's medical records anew. */
    updateRecord: { type: "mutation"; input: { patientId: string; recordId: string; version: number; recordType: "history" | "diagnosis" | "procedure" | "surgery" | "immunization" | "medication" | "family" | "social"; title: string; code?: string | null; description?: string | null; occurredOn?: string | null; }; output: MedicalRecord };
  };
  prescriptions: {
    /** Take a prescription back. */
    cancel: { type: "mutation"; input: { prescriptionId: string; }; output: Prescription };
    /** Prescribe after a visit. */
    create: { type: "mutation"; input: { appointmentId: string; medications: Array<{ name: string; dosage: string; frequency: string; duration: string; instructions?: string | null; }>; instructions?: string | null; followUpDate?: string | null; overrideReason?: string | null; }; output: Prescription };
    /** Note that prescribed drugs were given out. */
    dispense: { type: "mutation"; input: { prescriptionId: string; }; output: Prescription };
    /** Show a prescription. */
    get: { type: "query"; input: { prescriptionId: string; }; output: Prescription };
    /** List a patient's prescriptions. */
    list: { type: "query"; input: { patientId: string; limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "appointmentId" | "patientId" | "doctorId" | "doctorName" | "status" | "medications" | "instructions" | "followUpDate" | "warnings" | "overrideReason" | "verificationCode" | "dispensedAt" | "dispensedBy" | "createdAt" | "endedAt" | "version"> | null; }; output: Page<Prescription> };
    /** List one's own prescriptions. */
    mine: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "appointmentId" | "patientId" | "doctorId" | "doctorName" | "status" | "medications" | "instructions" | "followUpDate" | "warnings" | "overrideReason" | "verificationCode" | "dispensedAt" | "dispensedBy" | "createdAt" | "endedAt" | "version"> | null; } | void; output: Page<Prescription> };
    /** Open the prescription that a patient presents. */
    present: { type: "mutation"; input: { code: string; }; output: PresentedPrescription };
    /** Show a prescription as a page to print. */
    print: { type: "query"; input: { prescriptionId: string; }; output: { html: string; } };
    /** Show one's own prescription as a page to print. */
    printMine: { type: "query"; input: { prescriptionId: string; }; output: { html: string; } };
    /** Ask whether a printed prescription is genuine. */
    verify: { type: "mutation"; input: { code: string; }; output: GenuinePrescription };
  };
  publicBooking: {
    /** Book by a link. */
    book: { type: "mutation"; input: { token: string; name: string; phone: string; email?: string | null; startsAt: string; reason?: string | null; }; output: { status: "held" | "scheduled" | "confirmed" | "checked_in" | "in_progress" | "completed" | "cancelled" | "no_show" | "expired"; startsAt: string; endsAt: string; trackingToken: string; trackingUntil: string; } };
    /** Give up what was booked by a link. */
    cancel: { type: "mutation"; input: { token: string; }; output: { status: "held" | "scheduled" | "confirmed" | "checked_in" | "in_progress" | "completed" | "cancelled" | "no_show" | "expired"; service: string; startsAt: string; endsAt: string; doctorName?: string | null; number?: number | null; position?: number | null; waitMinutes?: number | null; } };
    /** Make a link to book by without an account. */
    createLink: { type: "mutation"; input: { doctorId: string; service: string; expiresAt?: string | null; mostBookings?: number | null; }; output: { id: string; token: string; expiresAt: string; } };
    /** Ask for a code to show at the desk. */
    getCheckInCode: { type: "mutation"; input: { token: string; }; output: { appointmentId: string; code: string; expiresAt: string; } };
    /** Show where a link leads. */
    getDetails: { type: "mutation"; input: { token: string; }; output: { hospitalName: string; doctorName?: string | null; service: string; minutes: number; expiresAt: string; } };
    /** List links to book by. */
    listLinks: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "doctorId" | "service" | "expiresAt" | "revokedAt" | "bookings" | "mostBookings" | "createdBy" | "createdAt"> | null; } | void; output: Page<BookingLink> };
    /** Withdraw a link to book by. */
    revokeLink: { type: "mutation"; input: { bookingLinkId: string; }; output: BookingLink };
    /** Follow what was booked by a link. */
    track: { type: "mutation"; input: { token: string; }; output: { status: "held" | "scheduled" | "confirmed" | "checked_in" | "in_progress" | "completed" | "cancelled" | "no_show" | "expired"; service: string; startsAt: string; endsAt: string; doctorName?: string | null; number?: number | null; position?: number | null; waitMinutes?: number | null; } };
  };
  queue: {
    /** The same as `queue.handleEmergencyAppointment`. */
    bringForward: WardProcedures["queue"]["handleEmergencyAppointment"];
    /** Show a doctor's queue of a day. */
    getDoctorQueue: { type: "query"; input: { doctorId: string; date?: string | null; }; output: { doctorId: string; date: string; version: number; averageMinutes: number; entries: Array<{ id: string; appointmentId: string; number: number; state: "waiting" | "in_progress" | "done" | "left"; position: number; waitMinutes: number; isEmergency: boolean; joinedAt: string; }>; } };
    /** The same as `queue.getQueueMetrics`. */
    getLocationQueueStats: WardProcedures["queue"]["getQueueMetrics"];
    /** Ask for a ticket to follow one's own place. */
    getMyTicket: { type: "mutation"; input: { appointmentId: string; }; output: { place: { appointmentId: string; doctorId: string; date: string; entryId?: string | null; number?: number | null; state?: "waiting" | "in_progress" | "done" | "left" | null; position: number; waitMinutes: number; }; token: string; expiresAt: string; } };
    /** Show how somebody stands in a queue. */
    getPatientQueuePosition: { type: "query"; input: { appointmentId: string; }; output: { appointmentId: string; doctorId: string; date: string; entryId?: string | null; number?: number | null; state?: "waiting" | "in_progress" | "done" | "left" | null; position: number; waitMinutes: number; } };
    /** The same as `queue.getPatientQueuePosition`. */
    getPosition: WardProcedures["queue"]["getPatientQueuePosition"];
    /** List the queues of a day in numbers. */
    getQueueMetrics: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"doctorId" | "date" | "version" | "waiting" | "inProgress" | "done" | "left" | "emergencies" | "averageWaitMinutes" | "averageVisitMinutes"> | null; date?: string | null; } | void; output: Page<QueueFigures> };
    /** Give a ticket to follow a place in a queue. */
    giveTicket: { type: "mutation"; input: { appointmentId: string; }; output: { place: { appointmentId: string; doctorId: string; date: string; entryId?: string | null; number?: number | null; state?: "waiting" | "in_progress" | "done" | "left" | null; position: number; waitMinutes: number; }; token: string; expiresAt: string; } };
    /** Put an emergency in front of a queue. */
    handleEmergencyAppointment: { type: "mutation"; input: { queueEntryId: string; }; output: { doctorId: string; date: string; version: number; averageMinutes: number; entries: Array<{ id: string; appointmentId: string; number: number; state: "waiting" | "in_progress" | "done" | "left"; position: number; waitMinutes: number; isEmergency: boolean; joinedAt: string; }>; } };
    /** The same as `queue.reorderQueue`. */
    reorder: WardProcedures["queue"]["reorderQueue"];
    /** Put a doctor's queue into another order. */
    reorderQueue: { type: "mutation"; input: { doctorId: string; date?: string | null; version: number; entryIds: Array<string>; }; output: { doctorId: string; date: string; version: number; averageMinutes: number; entries: Array<{ id: string; appointmentId: string; number: number; state: "waiting" | "in_progress" | "done" | "left"; position: number; waitMinutes: number; isEmergency: boolean; joinedAt: string; }>; } };
  };
  queues: {
    /** Cancel a job that is not running. */
    cancelJob: { type: "mutation"; input: { jobId: string; }; output: { id: string; } };
    /** The queues in numbers, the processes that work on them, and who leads. */
    getMetrics: { type: "query"; input: void | Record<string, never>; output: QueueMetrics };
    /** List the queues: what waits, runs and died in them, who works on them, how soon jobs begin. */
    list: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"queue" | "purpose" | "concurrency" | "workers" | "waiting" | "delayed" | "running" | "dead" | "doneLastHour" | "failedLastHour" | "oldestSeconds" | "p95StartMilliseconds"> | null; } | void; output: Page<Queue> };
    /** List the jobs of a queue that wait, run, died (the default) or are done. */
    listJobs: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "hospitalId" | "kind" | "state" | "priority" | "attempts" | "maxAttempts" | "dueAt" | "createdAt" | "startedAt" | "finishedAt" | "reason"> | null; queue: "appointment" | "enhanced-appointment" | "notification" | "email" | "vidhakarma" | "panchakarma" | "chequp" | "ayurveda-therapy" | "service" | "doctor-availability" | "queue-management" | "waiting-list" | "payment-processing" | "calendar-sync" | "patient-preference" | "analytics" | "reminder" | "follow-up" | "recurring-appointment" | "tasks" | "notifications" | "sms" | "alerting" | "alerting-push" | "alerting-email" | "alerting-sms" | "alerting-whatsapp" | "webhook"; state?: "waiting" | "delayed" | "running" | "dead" | "done" | null; }; output: Page<Job> };
    /** Do the dead jobs of a queue again. */
    replay: { type: "mutation"; input: { queue: "appointment" | "enhanced-appointment" | "notification" | "email" | "vidhakarma" | "panchakarma" | "chequp" | "ayurveda-therapy" | "service" | "doctor-availability" | "queue-management" | "waiting-list" | "payment-processing" | "calendar-sync" | "patient-preference" | "analytics" | "reminder" | "follow-up" | "recurring-appointment" | "tasks" | "notifications" | "sms" | "alerting" | "alerting-push" | "alerting-email" | "alerting-sms" | "alerting-whatsapp" | "webhook"; }; output: { queue: "appointment" | "enhanced-appointment" | "notification" | "email" | "vidhakarma" | "panchakarma" | "chequp" | "ayurveda-therapy" | "service" | "doctor-availability" | "queue-management" | "waiting-list" | "payment-processing" | "calendar-sync" | "patient-preference" | "analytics" | "reminder" | "follow-up" | "recurring-appointment" | "tasks" | "notifications" | "sms" | "alerting" | "alerting-push" | "alerting-email" | "alerting-sms" | "alerting-whatsapp" | "webhook"; replayed: number; } };
    /** Let a dead or delayed job begin now. */
    retryJob: { type: "mutation"; input: { jobId: string; }; output: { id: string; } };
  };
  reminders: {
    /** Take a reminder back. */
    cancel: { type: "mutation"; input: { reminderId: string; }; output: Reminder };
    /** List reminders. */
    list: { type: "mutation"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "kind" | "userId" | "patientId" | "at" | "status" | "createdBy" | "createdAt" | "sentAt" | "cancelledAt"> | null; status?: "scheduled" | "sent" | "undeliverable" | "cancelled" | null; patientId?: string | null; } | void; output: Page<Reminder> };
    /** Remind somebody at a time. */
    schedule: { type: "mutation"; input: { patientId?: string | null; userId?: string | null; kind: "appointment" | "follow_up" | "prescription" | "payment" | "waiting_list"; at: string; eventAt?: string | null; values?: { with?: string | null; place?: string | null; amount?: string | null; note?: string | null; } | null; }; output: Reminder };
  };
  resources: {
    /** Add what can be booked. */
    create: { type: "mutation"; input: { kind: "room" | "equipment"; name: string; locationId?: string | null; capacity?: number | null; averageMinutes?: number | null; feeMinor?: number | null; }; output: Bookable };
    /** The same as `resources.list`. */
    getAll: WardProcedures["resources"]["list"];
    /** List what can be booked. */
    list: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "kind" | "userId" | "name" | "locationId" | "capacity" | "averageMinutes" | "feeMinor" | "isActive" | "createdAt" | "updatedAt" | "version"> | null; kind?: "doctor" | "room" | "equipment" | null; onlyActive?: boolean | null; } | void; output: Page<Bookable> };
    /** Change what can be booked. */
    update: { type: "mutation"; input: { resourceId: string; version: number; name?: string | null; locationId?: string | null; capacity?: number | null; averageMinutes?: number | null; feeMinor?: number | null; isActive?: boolean | null; }; output: Bookable };
  };
  roles: {
    /** Show the table of roles. */
    list: { type: "query"; input: void | Record<string, never>; output: { roles: Array<{ role: string; permissions: Array<string>; isMineToGive: boolean; }>; } };
  };
  rooms: {
    /** Add a room. */
    create: { type: "mutation"; input: { number: string; departmentId?: string | null; beds?: number | null; }; output: Room };
    /** Remove a room. */
    delete: { type: "mutation"; input: { roomId: string; }; output: Room };
    /** List the rooms. */
    getAll: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "number" | "departmentId" | "beds" | "version"> | null; departmentId?: string | null; } | void; output: Page<Room> };
    /** Change a room. */
    update: { type: "mutation"; input: { roomId: string; version: number; number?: string | null; departmentId?: string | null; beds?: number | null; }; output: Room };
  };
  screens: {
    /** Make a ward screen's credential. */
    create: { type: "mutation"; input: { name: string; departmentId: string; }; output: { id: string; name: string; departmentId: string; token: string; createdAt: string; } };
    /** List the ward screens. */
    list: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "name" | "departmentId" | "departmentName" | "createdAt" | "revokedAt"> | null; } | void; output: Page<Screen> };
    /** Revoke a ward screen. */
    revoke: { type: "mutation"; input: { screenId: string; }; output: { id: string; revokedAt: string; } };
  };
  shifts: {
    /** Plan a shift. */
    create: { type: "mutation"; input: { userId: string; departmentId?: string | null; from: string; to: string; }; output: Shift };
    /** Remove a planned shift. */
    delete: { type: "mutation"; input: { shiftId: string; }; output: Shift };
    /** Show a person's weekly hours. */
    getSchedule: { type: "query"; input: { userId: string; }; output: ShiftSchedule };
    /** List the planned shifts. */
    list: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "userId" | "userName" | "departmentId" | "from" | "to" | "version" | "warnings"> | null; from?: string | null; to?: string | null; userId?: string | null; departmentId?: string | null; } | void; output: Page<Shift> };
    /** Set a person's weekly hours. */
    setSchedule: { type: "mutation"; input: { userId: string; version: number; week: { monday?: Array<{ start: string; end: string; }> | null; tuesday?: Array<{ start: string; end: string; }> | null; wednesday?: Array<{ start: string; end: string; }> | null; thursday?: Array<{ start: string; end: string; }> | null; friday?: Array<{ start: string; end: string; }> | null; saturday?: Array<{ start: string; end: string; }> | null; sunday?: Array<{ start: string; end: string; }> | null; }; }; output: ShiftSchedule };
    /** Change a planned shift. */
    update: { type: "mutation"; input: { shiftId: string; version: number; departmentId?: string | null; from?: string | null; to?: string | null; }; output: Shift };
  };
  system: {
    /** List who is connected to this node: since when, from where, with what. */
    connections: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "transport" | "connectedAt" | "address" | "userAgent" | "userId" | "name"> | null; } | void; output: Page<Connection> };
    /** How the broker is: each queue's binding, depth and live consumers, and the channels of this node. */
    getBroker: { type: "query"; input: void | Record<string, never>; output: Broker };
    /** Show what this node keeps and how often that helped. */
    getCache: { type: "query"; input: void | Record<string, never>; output: CacheFigures };
    /** The letters that a development Ward keeps instead of sending them, newest first, at most 100. */
    outbox: { type: "query"; input: void | Record<string, never>; output: { letters: Array<{ id: string; to: string; subject: string; text: string; createdAt: string; }>; } };
    /** List who is connected to any node: since when and with how many sockets and streams. */
    presence: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"userId" | "name" | "since" | "connections" | "nodes"> | null; } | void; output: Page<Presence> };
  };
  user: {
    /** The same as `notification.getPreferences`. */
    getNotificationPreferences: WardProcedures["notification"]["getPreferences"];
    /** The same as `auth.getProfile`. */
    getProfile: WardProcedures["auth"]["getProfile"];
    /** The same as `notification.updatePreferences`. */
    updateNotificationPreferences: WardProcedures["notification"]["updatePreferences"];
    /** The same as `auth.updateProfile`. */
    updateProfile: WardProcedures["auth"]["updateProfile"];
  };
  users: {
    /** Make a person of the hospital. */
    create: { type: "mutation"; input: { name: string; email: string; role: "manager" | "support" | "operator" | "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "receptionist" | "medical_assistant" | "billing_specialist" | "auditor" | "compliance_officer" | "data_analyst"; departmentId?: string | null; licenseNumber?: string | null; specialization?: string | null; phone?: string | null; password?: string | null; }; output: User };
    /** Deactivate a person of the hospital. */
    deactivate: { type: "mutation"; input: { userId: string; }; output: User };
    /** The same as `auth.forcePasswordReset`. */
    forcePasswordReset: WardProcedures["auth"]["forcePasswordReset"];
    /** List the people of the hospital. */
    getAll: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "email" | "name" | "role" | "departmentId" | "licenseNumber" | "specialization" | "phone" | "isActive" | "isOnDuty" | "createdAt" | "updatedAt"> | null; search?: string | null; role?: "super_admin" | "system_admin" | "organization_admin" | "hospital_admin" | "manager" | "support" | "operator" | "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "receptionist" | "medical_assistant" | "billing_specialist" | "auditor" | "compliance_officer" | "data_analyst" | null; } | void; output: { users: Array<User>; total: number; page: number; limit: number; totalPages: number; next: string | null; } };
    /** Show a person of the hospital. */
    getById: { type: "query"; input: { userId: string; }; output: User };
    /** List a person's granted roles. */
    getRoles: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "userId" | "role" | "departmentId" | "reason" | "grantedBy" | "createdAt" | "expiresAt" | "revokedAt"> | null; userId: string; }; output: Page<RoleGrant> };
    /** Grant a further role. */
    grantRole: { type: "mutation"; input: { userId: string; role: "super_admin" | "system_admin" | "organization_admin" | "hospital_admin" | "manager" | "support" | "operator" | "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "receptionist" | "medical_assistant" | "billing_specialist" | "auditor" | "compliance_officer" | "data_analyst"; departmentId?: string | null; expiresAt?: string | null; reason?: string | null; }; output: RoleGrant };
    /** Take a granted role back. */
    revokeRole: { type: "mutation"; input: { userId: string; roleGrantId: string; }; output: RoleGrant };
    /** Lift a person's lock after wrong tries. */
    unlock: { type: "mutation"; input: { userId: string; }; output: User };
    /** Change a person of the hospital. */
    update: { type: "mutation"; input: { userId: string; name?: string | null; departmentId?: string | null; licenseNumber?: string | null; specialization?: string | null; phone?: string | null; }; output: User };
    /** Give a person another role. */
    updateRole: { type: "mutation"; input: { userId: string; role: "super_admin" | "system_admin" | "organization_admin" | "hospital_admin" | "manager" | "support" | "operator" | "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "receptionist" | "medical_assistant" | "billing_specialist" | "auditor" | "compliance_officer" | "data_analyst"; reason?: string | null; }; output: User };
  };
  waitingList: {
    /** Take the time that is held for somebody who waits. */
    accept: { type: "mutation"; input: { waitingEntryId: string; }; output: WaitingEntry };
    /** Let a patient wait for a free time. */
    add: { type: "mutation"; input: { patientId: string; doctorId?: string | null; service: string; minutes?: number | null; priority?: "low" | "normal" | "high" | "urgent" | null; earliest?: string | null; latest: string; }; output: WaitingEntry };
    /** Say no to the time that is held for somebody who waits. */
    decline: { type: "mutation"; input: { waitingEntryId: string; }; output: WaitingEntry };
    /** The same as `waitingList.list`. */
    get: WardProcedures["waitingList"]["list"];
    /** Show the waiting list in numbers. */
    getMetrics: { type: "query"; input: void | Record<string, never>; output: { waiting: number; urgent: number; notified: number; scheduled: number; removed: number; longestWaitMinutes: number; } };
    /** List who waits for a free time. */
    list: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "doctorId" | "service" | "minutes" | "priority" | "earliest" | "latest" | "status" | "appointmentId" | "version" | "createdAt" | "updatedAt"> | null; status?: "waiting" | "notified" | "scheduled" | "removed" | null; doctorId?: string | null; } | void; output: Page<WaitingEntry> };
    /** Take somebody off the waiting list. */
    remove: { type: "mutation"; input: { waitingEntryId: string; }; output: WaitingEntry };
    /** Change what somebody waits for. */
    update: { type: "mutation"; input: { waitingEntryId: string; version: number; priority?: "low" | "normal" | "high" | "urgent" | null; earliest?: string | null; latest?: string | null; }; output: WaitingEntry };
  };
  webhooks: {
    /** Add an endpoint that hears events. */
    create: { type: "mutation"; input: { url: string; events?: Array<"alert:new" | "alert:updated" | "alert:escalated" | "alert:commented" | "appointment:updated"> | null; description?: string | null; }; output: { id: string; url: string; events: Array<"alert:new" | "alert:updated" | "alert:escalated" | "alert:commented" | "appointment:updated">; secret: string; version: number; } };
    /** Remove an endpoint. */
    delete: { type: "mutation"; input: { webhookId: string; }; output: { done: boolean; } };
    /** List the endpoints that hear events. */
    list: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "url" | "description" | "events" | "isActive" | "breaker" | "failures" | "behind" | "nextTryAt" | "createdAt" | "updatedAt" | "version"> | null; } | void; output: Page<Webhook> };
    /** List what an endpoint was handed. */
    listDeliveries: { type: "query"; input: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "webhookId" | "eventNumber" | "eventId" | "event" | "status" | "attempts" | "responseStatus" | "reason" | "createdAt" | "finishedAt"> | null; webhookId: string; }; output: Page<WebhookDelivery> };
    /** Hand an event over once more. */
    redeliver: { type: "mutation"; input: { deliveryId: string; }; output: WebhookDelivery };
    /** Give an endpoint another secret. */
    rotateSecret: { type: "mutation"; input: { webhookId: string; }; output: { id: string; secret: string; } };
    /** Change or pause an endpoint. */
    update: { type: "mutation"; input: { webhookId: string; version: number; url?: string | null; events?: Array<"alert:new" | "alert:updated" | "alert:escalated" | "alert:commented" | "appointment:updated"> | null; description?: string | null; isActive?: boolean | null; }; output: Webhook };
  };
}

/** Every REST route; path, query and body as they are sent, and what a success answers. */
export interface WardRoutes {
  /** Sign in with e-mail and password. */
  "POST /api/v1/sessions": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { email: string; password: string; code?: string | null; backupCode?: string | null; domain?: string | null; };
    answer: { data: { user: { id: string; email: string; name: string; }; token: string; expiresAt: string; }; message: string };
  };
  /** How do I sign in?. */
  "POST /api/v1/auth/methods": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { domain?: string | null; email?: string | null; };
    answer: { data: { domain: string; methods: Array<{ name: string; isElsewhere: boolean; }>; }; message: string };
  };
  /** Sign out. */
  "DELETE /api/v1/session": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { done: boolean; }; message: string };
  };
  /** List where I am signed in. */
  "GET /api/v1/sessions": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "device" | "address" | "method" | "hospitalId" | "secondFactorAt" | "createdAt" | "lastSeenAt" | "expiresAt" | "isCurrent"> | null; };
    body: undefined;
    answer: { data: Array<Session>; message: string; page: PageInfo };
  };
  /** Sign out on another device. */
  "DELETE /api/v1/sessions/{sessionId}": {
    path: { sessionId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { id: string; wasCurrent: boolean; }; message: string };
  };
  /** Sign out on all other devices. */
  "DELETE /api/v1/sessions": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { revoked: Array<string>; }; message: string };
  };
  /** Get another token for my session. */
  "POST /api/v1/session/rotation": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { token: string; expiresAt: string; }; message: string };
  };
  /** Choose my hospital. */
  "PUT /api/v1/session/hospital": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { hospitalId: string; };
    answer: { data: { hospitalId: string; }; message: string };
  };
  /** Set up a second factor. */
  "POST /api/v1/two-factor": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { password: string; };
    answer: { data: { secret: string; otpauthUrl: string; }; message: string };
  };
  /** Confirm my second factor. */
  "POST /api/v1/two-factor/confirmation": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { code: string; };
    answer: { data: { backupCodes: Array<string>; token: string; expiresAt: string; }; message: string };
  };
  /** Take my second factor away. */
  "DELETE /api/v1/two-factor": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { password: string; code?: string | null; backupCode?: string | null; };
    answer: { data: { token: string; expiresAt: string; }; message: string };
  };
  /** Get new backup codes. */
  "POST /api/v1/two-factor/backup-codes": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { code: string; };
    answer: { data: { backupCodes: Array<string>; }; message: string };
  };
  /** Have I a second factor?. */
  "GET /api/v1/two-factor": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: { isEnabled: boolean; enabledAt?: string | null; backupCodesLeft: number; }; message: string };
  };
  /** Ask for a sign-in code. */
  "POST /api/v1/auth/otp": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { email: string; channel?: "email" | "sms" | "whatsapp" | null; };
    answer: { data: { channel: string; destination: string; expiresInSeconds: number; }; message: string };
  };
  /** Name your telephone number. */
  "POST /api/v1/own-phone": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { number: string; channel?: "sms" | "whatsapp" | null; password: string; };
    answer: { data: { destination: string; channel: "sms" | "whatsapp"; expiresInSeconds: number; }; message: string };
  };
  /** Prove your telephone number. */
  "POST /api/v1/own-phone/verification": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { code: string; };
    answer: { data: { done: boolean; }; message: string };
  };
  /** Which telephone number is mine?. */
  "GET /api/v1/own-phone": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: { number?: string | null; isProved: boolean; }; message: string };
  };
  /** Remove your telephone number. */
  "DELETE /api/v1/own-phone": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { done: boolean; }; message: string };
  };
  /** Sign in with a code. */
  "POST /api/v1/auth/otp/verification": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { email: string; code: string; secondFactorCode?: string | null; backupCode?: string | null; domain?: string | null; };
    answer: { data: { user: { id: string; email: string; name: string; }; token: string; expiresAt: string; }; message: string };
  };
  /** Whether an e-mail address is taken. */
  "POST /api/v1/auth/email-check": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { email: string; };
    answer: { data: { exists: boolean; isAvailable: boolean; }; message: string };
  };
  /** Prove that an e-mail address is yours. */
  "POST /api/v1/auth/verify-email": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { token?: string | null; email?: string | null; code?: string | null; };
    answer: { data: { done: boolean; }; message: string };
  };
  /** Send the verification mail again. */
  "POST /api/v1/auth/verification-email": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { done: boolean; }; message: string };
  };
  /** Ask for a new password by mail. */
  "POST /api/v1/auth/forgot-password": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { email: string; };
    answer: { data: { done: boolean; }; message: string };
  };
  /** Set a new password by a mailed link. */
  "POST /api/v1/auth/reset-password": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { token: string; newPassword: string; };
    answer: { data: { done: boolean; }; message: string };
  };
  /** Change your password. */
  "POST /api/v1/auth/change-password": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { currentPassword: string; newPassword: string; };
    answer: { data: { user: { id: string; email: string; name: string; }; token: string; expiresAt: string; }; message: string };
  };
  /** Get a token for API access. */
  "POST /api/v1/auth/token": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { accessToken: string; tokenType: string; expiresIn: number; expiresAt: string; refreshToken: string; refreshExpiresAt: string; }; message: string };
  };
  /** Trade a refresh token for a new pair. */
  "POST /api/v1/auth/refresh": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { refreshToken: string; };
    answer: { data: { accessToken: string; tokenType: string; expiresIn: number; expiresAt: string; refreshToken: string; refreshExpiresAt: string; }; message: string };
  };
  /** With which providers can I sign in?. */
  "GET /api/v1/auth/providers": {
    path: Record<string, never>;
    query: { domain?: string | null; };
    body: undefined;
    answer: { data: { providers: Array<string>; }; message: string };
  };
  /** Begin to sign in at another provider. */
  "GET /api/v1/auth/sign-in/{provider}": {
    path: { provider: string; };
    query: { returnTo?: string | null; domain?: string | null; };
    body: undefined;
    answer: { data: { location: string; }; message: string };
  };
  /** Come back from another provider. */
  "GET /api/v1/auth/callback/{provider}": {
    path: { provider: string; };
    query: { state: string; code?: string | null; error?: string | null; };
    body: undefined;
    answer: { data: { user?: { id: string; email: string; name: string; } | null; token?: string | null; expiresAt?: string | null; isNewUser: boolean; needsSecondFactor: boolean; location: string; }; message: string };
  };
  /** Show the second factor after another provider's sign-in. */
  "POST /api/v1/auth/second-factor": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { code?: string | null; backupCode?: string | null; };
    answer: { data: { user: { id: string; email: string; name: string; }; token: string; expiresAt: string; location: string; }; message: string };
  };
  /** Make a key for a program. */
  "POST /api/v1/api-keys": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { name: string; scopes: Array<"view_alerts" | "create_alerts" | "update_alerts" | "acknowledge_alerts" | "resolve_alerts" | "cancel_alerts" | "escalate_alerts" | "start_shift" | "view_shift_status" | "view_departments" | "manage_screens" | "view_users" | "manage_users" | "manage_alert_types" | "manage_ladders" | "view_analytics" | "view_system" | "manage_system" | "view_patients" | "create_patients" | "manage_patients" | "record_vitals" | "break_glass" | "review_access" | "view_hospital" | "manage_hospital" | "manage_departments" | "view_organization" | "manage_organization" | "invite_members" | "manage_roles" | "view_schedule" | "manage_schedule" | "import_data" | "view_audit_logs" | "export_audit_logs" | "view_all_records" | "dispense_medication" | "manage_lab_reports" | "manage_imaging" | "manage_billing" | "view_appointments" | "book_appointments" | "manage_appointments" | "manage_availability" | "override_bookings" | "conduct_visits" | "manage_platform">; expiresInDays?: number | null; password: string; };
    answer: { data: { id: string; name: string; prefix: string; key: string; expiresAt: string; }; message: string };
  };
  /** List my keys for programs. */
  "GET /api/v1/api-keys": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "name" | "prefix" | "scopes" | "createdAt" | "expiresAt" | "lastUsedAt" | "revokedAt"> | null; };
    body: undefined;
    answer: { data: Array<ApiKey>; message: string; page: PageInfo };
  };
  /** Take a key back. */
  "DELETE /api/v1/api-keys/{keyId}": {
    path: { keyId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { id: string; revokedAt: string; }; message: string };
  };
  /** List my accounts at other providers. */
  "GET /api/v1/linked-accounts": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "provider" | "createdAt" | "lastUsedAt"> | null; };
    body: undefined;
    answer: { data: Array<LinkedAccount>; message: string; page: PageInfo };
  };
  /** Take an account at another provider away. */
  "DELETE /api/v1/linked-accounts/{linkedAccountId}": {
    path: { linkedAccountId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { id: string; }; message: string };
  };
  /** Who am I, and what may I do. */
  "GET /api/v1/session": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: { kind: string; user?: { id: string; name: string; email: string; } | null; screen?: { id: string; name: string; departmentId?: string | null; } | null; hospital?: { id: string; name: string; timeZone: string; isActive: boolean; } | null; role?: string | null; departmentId?: string | null; permissions: Array<string>; isOnDuty: boolean; memberships: Array<{ hospitalId: string; hospitalName: string; role: string; }>; serverTime: string; }; message: string };
  };
  /** Am I on duty. */
  "GET /api/v1/duty": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: Duty; message: string };
  };
  /** Who is on duty. */
  "GET /api/v1/duty/staff": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"userId" | "name" | "role" | "departmentId" | "shiftStartedAt"> | null; departmentId?: string | null; };
    body: undefined;
    answer: { data: Array<Staff>; message: string; page: PageInfo };
  };
  /** List the departments. */
  "GET /api/v1/departments": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "name" | "code" | "locationId" | "isActive" | "version"> | null; includeInactive?: boolean | null; };
    body: undefined;
    answer: { data: Array<Department>; message: string; page: PageInfo };
  };
  /** Show a department. */
  "GET /api/v1/departments/{departmentId}": {
    path: { departmentId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: Department; message: string };
  };
  /** Make a ward screen's credential. */
  "POST /api/v1/screens": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { name: string; departmentId: string; };
    answer: { data: { id: string; name: string; departmentId: string; token: string; createdAt: string; }; message: string };
  };
  /** List the ward screens. */
  "GET /api/v1/screens": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "name" | "departmentId" | "departmentName" | "createdAt" | "revokedAt"> | null; };
    body: undefined;
    answer: { data: Array<Screen>; message: string; page: PageInfo };
  };
  /** Revoke a ward screen. */
  "POST /api/v1/screens/{screenId}/revocation": {
    path: { screenId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { id: string; revokedAt: string; }; message: string };
  };
  /** List the people of the hospital. */
  "GET /api/v1/users": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "email" | "name" | "role" | "departmentId" | "licenseNumber" | "specialization" | "phone" | "isActive" | "isOnDuty" | "createdAt" | "updatedAt"> | null; search?: string | null; role?: "super_admin" | "system_admin" | "organization_admin" | "hospital_admin" | "manager" | "support" | "operator" | "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "receptionist" | "medical_assistant" | "billing_specialist" | "auditor" | "compliance_officer" | "data_analyst" | null; };
    body: undefined;
    answer: { data: { users: Array<User>; total: number; page: number; limit: number; totalPages: number; next: string | null; }; message: string };
  };
  /** Show a person of the hospital. */
  "GET /api/v1/users/{userId}": {
    path: { userId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: User; message: string };
  };
  /** Make a person of the hospital. */
  "POST /api/v1/users": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { name: string; email: string; role: "manager" | "support" | "operator" | "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "receptionist" | "medical_assistant" | "billing_specialist" | "auditor" | "compliance_officer" | "data_analyst"; departmentId?: string | null; licenseNumber?: string | null; specialization?: string | null; phone?: string | null; password?: string | null; };
    answer: { data: User; message: string };
  };
  /** Change a person of the hospital. */
  "PUT /api/v1/users/{userId}": {
    path: { userId: string; };
    query: Record<string, never>;
    body: { name?: string | null; departmentId?: string | null; licenseNumber?: string | null; specialization?: string | null; phone?: string | null; };
    answer: { data: User; message: string };
  };
  /** Give a person another role. */
  "PUT /api/v1/users/{userId}/role": {
    path: { userId: string; };
    query: Record<string, never>;
    body: { role: "super_admin" | "system_admin" | "organization_admin" | "hospital_admin" | "manager" | "support" | "operator" | "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "receptionist" | "medical_assistant" | "billing_specialist" | "auditor" | "compliance_officer" | "data_analyst"; reason?: string | null; };
    answer: { data: User; message: string };
  };
  /** Lift a person's lock after wrong tries. */
  "POST /api/v1/users/{userId}/unlock": {
    path: { userId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: User; message: string };
  };
  /** Deactivate a person of the hospital. */
  "DELETE /api/v1/users/{userId}": {
    path: { userId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: User; message: string };
  };
  /** List the doctors. */
  "GET /api/v1/doctors": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "name" | "role" | "departmentId" | "specialization" | "qualification" | "experienceYears" | "bio" | "isOnDuty"> | null; search?: string | null; departmentId?: string | null; };
    body: undefined;
    answer: { data: Array<Doctor>; message: string; page: PageInfo };
  };
  /** Show a doctor. */
  "GET /api/v1/doctors/{userId}": {
    path: { userId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: Doctor; message: string };
  };
  /** Make a doctor of the hospital. */
  "POST /api/v1/doctors": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { name: string; email: string; departmentId?: string | null; licenseNumber: string; specialization?: string | null; phone?: string | null; qualification?: string | null; experienceYears?: number | null; bio?: string | null; password?: string | null; };
    answer: { data: User; message: string };
  };
  /** Change a doctor of the hospital. */
  "PUT /api/v1/doctors/{userId}": {
    path: { userId: string; };
    query: Record<string, never>;
    body: { name?: string | null; departmentId?: string | null; licenseNumber?: string | null; specialization?: string | null; phone?: string | null; qualification?: string | null; experienceYears?: number | null; bio?: string | null; };
    answer: { data: User; message: string };
  };
  /** Deactivate a doctor of the hospital. */
  "DELETE /api/v1/doctors/{userId}": {
    path: { userId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: User; message: string };
  };
  /** Make your profile as a doctor. */
  "POST /api/v1/doctor-profile": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { licenseNumber: string; specialization: string; qualification: string; experienceYears: number; bio?: string | null; };
    answer: { data: DoctorProfile; message: string };
  };
  /** Show your profile as a doctor. */
  "GET /api/v1/doctor-profile": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: DoctorProfile; message: string };
  };
  /** Change your profile as a doctor. */
  "PATCH /api/v1/doctor-profile": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { licenseNumber?: string | null; specialization?: string | null; qualification?: string | null; experienceYears?: number | null; bio?: string | null; };
    answer: { data: DoctorProfile; message: string };
  };
  /** Show the table of roles. */
  "GET /api/v1/roles": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: { roles: Array<{ role: string; permissions: Array<string>; isMineToGive: boolean; }>; }; message: string };
  };
  /** List a person's granted roles. */
  "GET /api/v1/users/{userId}/roles": {
    path: { userId: string; };
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "userId" | "role" | "departmentId" | "reason" | "grantedBy" | "createdAt" | "expiresAt" | "revokedAt"> | null; };
    body: undefined;
    answer: { data: Array<RoleGrant>; message: string; page: PageInfo };
  };
  /** Grant a further role. */
  "POST /api/v1/users/{userId}/roles": {
    path: { userId: string; };
    query: Record<string, never>;
    body: { role: "super_admin" | "system_admin" | "organization_admin" | "hospital_admin" | "manager" | "support" | "operator" | "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "receptionist" | "medical_assistant" | "billing_specialist" | "auditor" | "compliance_officer" | "data_analyst"; departmentId?: string | null; expiresAt?: string | null; reason?: string | null; };
    answer: { data: RoleGrant; message: string };
  };
  /** Take a granted role back. */
  "DELETE /api/v1/users/{userId}/roles/{roleGrantId}": {
    path: { userId: string; roleGrantId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: RoleGrant; message: string };
  };
  /** Make an organisation. */
  "POST /api/v1/organizations": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { name: string; slug: string; type?: "business" | "nonprofit" | "education" | "personal" | null; hospitalName?: string | null; subdomain?: string | null; hospitalType?: "hospital" | "clinic" | null; timeZone?: string | null; };
    answer: { data: { organizationId: string; hospitalId: string; }; message: string };
  };
  /** Show the organisation. */
  "GET /api/v1/organization": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: Organization; message: string };
  };
  /** List my organisations. */
  "GET /api/v1/organizations": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "name" | "slug" | "type" | "size" | "industry" | "website" | "description" | "email" | "phone" | "address" | "defaultHospitalId" | "createdAt"> | null; };
    body: undefined;
    answer: { data: Array<Organization>; message: string; page: PageInfo };
  };
  /** Change the organisation. */
  "PATCH /api/v1/organization": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { name?: string | null; type?: "business" | "nonprofit" | "education" | "personal" | null; size?: "solo" | "small" | "medium" | "large" | "enterprise" | null; industry?: string | null; website?: string | null; description?: string | null; email?: string | null; phone?: string | null; address?: string | null; };
    answer: { data: Organization; message: string };
  };
  /** Choose the organisation's default hospital. */
  "PUT /api/v1/organization/default-hospital": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { hospitalId: string; };
    answer: { data: Organization; message: string };
  };
  /** Invite people by mail. */
  "POST /api/v1/invitations": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { emails: Array<string>; role: "super_admin" | "system_admin" | "organization_admin" | "hospital_admin" | "manager" | "support" | "operator" | "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "receptionist" | "medical_assistant" | "billing_specialist" | "auditor" | "compliance_officer" | "data_analyst"; departmentId?: string | null; message?: string | null; expiresInHours?: number | null; };
    answer: { data: { invited: Array<{ id: string; email: string; }>; members: Array<string>; }; message: string };
  };
  /** List the invitations. */
  "GET /api/v1/invitations": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "email" | "role" | "departmentId" | "invitedBy" | "createdAt" | "expiresAt" | "acceptedAt" | "revokedAt"> | null; };
    body: undefined;
    answer: { data: Array<Invitation>; message: string; page: PageInfo };
  };
  /** Take an invitation back. */
  "DELETE /api/v1/invitations/{invitationId}": {
    path: { invitationId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: Invitation; message: string };
  };
  /** Show where an invitation leads. */
  "POST /api/v1/invitations/preview": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { token: string; };
    answer: { data: { hospitalName: string; organizationName: string; email: string; role: string; state: string; expiresAt: string; }; message: string };
  };
  /** Accept an invitation. */
  "POST /api/v1/invitations/acceptance": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { token: string; };
    answer: { data: { hospitalId: string; role: string; }; message: string };
  };
  /** Make a join code. */
  "POST /api/v1/join-codes": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { role: "super_admin" | "system_admin" | "organization_admin" | "hospital_admin" | "manager" | "support" | "operator" | "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "receptionist" | "medical_assistant" | "billing_specialist" | "auditor" | "compliance_officer" | "data_analyst"; departmentId?: string | null; maxUses?: number | null; expiresInHours?: number | null; };
    answer: { data: JoinCode; message: string };
  };
  /** List the join codes. */
  "GET /api/v1/join-codes": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "code" | "role" | "departmentId" | "maxUses" | "uses" | "createdAt" | "expiresAt" | "revokedAt"> | null; };
    body: undefined;
    answer: { data: Array<JoinCode>; message: string; page: PageInfo };
  };
  /** Take a join code back. */
  "DELETE /api/v1/join-codes/{joinCodeId}": {
    path: { joinCodeId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: JoinCode; message: string };
  };
  /** Join with a code. */
  "POST /api/v1/join-codes/use": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { code: string; };
    answer: { data: { hospitalId: string; role: string; }; message: string };
  };
  /** Ask to be let in. */
  "POST /api/v1/join-requests": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { subdomain: string; role: "manager" | "support" | "operator" | "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "receptionist" | "medical_assistant" | "billing_specialist" | "auditor" | "compliance_officer" | "data_analyst"; message?: string | null; };
    answer: { data: { id: string; status: string; }; message: string };
  };
  /** List where I asked. */
  "GET /api/v1/my-join-requests": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "hospitalName" | "role" | "message" | "status" | "note" | "createdAt" | "reviewedAt"> | null; };
    body: undefined;
    answer: { data: Array<OwnJoinRequest>; message: string; page: PageInfo };
  };
  /** Take my request back. */
  "DELETE /api/v1/my-join-requests/{joinRequestId}": {
    path: { joinRequestId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { done: boolean; }; message: string };
  };
  /** List who asks to be let in. */
  "GET /api/v1/join-requests": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "userId" | "name" | "email" | "role" | "message" | "status" | "note" | "createdAt" | "reviewedAt"> | null; status?: "pending" | "approved" | "rejected" | "cancelled" | null; };
    body: undefined;
    answer: { data: Array<JoinRequest>; message: string; page: PageInfo };
  };
  /** Decide about somebody who asks to be let in. */
  "POST /api/v1/join-requests/{joinRequestId}/review": {
    path: { joinRequestId: string; };
    query: Record<string, never>;
    body: { verdict: "approved" | "rejected"; role?: "super_admin" | "system_admin" | "organization_admin" | "hospital_admin" | "manager" | "support" | "operator" | "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "receptionist" | "medical_assistant" | "billing_specialist" | "auditor" | "compliance_officer" | "data_analyst" | null; departmentId?: string | null; note?: string | null; };
    answer: { data: JoinRequest; message: string };
  };
  /** Show my hospital. */
  "GET /api/v1/hospital": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: Hospital; message: string };
  };
  /** List my hospitals. */
  "GET /api/v1/hospitals": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "organizationId" | "name" | "type" | "subdomain" | "timeZone" | "isActive" | "role" | "departmentId"> | null; };
    body: undefined;
    answer: { data: Array<OwnHospital>; message: string; page: PageInfo };
  };
  /** Find a hospital by its subdomain. */
  "GET /api/v1/hospitals/by-subdomain/{subdomain}": {
    path: { subdomain: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: PublicHospital; message: string };
  };
  /** Change the hospital's settings. */
  "PATCH /api/v1/hospital": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { type?: "hospital" | "clinic" | null; timeZone?: string | null; currency?: "AED" | "AFN" | "ALL" | "AMD" | "ANG" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BGN" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHF" | "CLP" | "CNY" | "COP" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "UYU" | "UYW" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAF" | "XCD" | "XOF" | "XPF" | "YER" | "ZAR" | "ZMW" | null; isActive?: boolean | null; nursesResolve?: boolean | null; restrictRecords?: boolean | null; idleMinutes?: number | null; };
    answer: { data: Hospital; message: string };
  };
  /** Register a hospital. */
  "POST /api/v1/hospitals": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { name: string; subdomain: string; type?: "hospital" | "clinic" | null; timeZone?: string | null; licenseNumber?: string | null; taxNumber?: string | null; email?: string | null; phone?: string | null; address?: string | null; };
    answer: { data: Hospital; message: string };
  };
  /** Ask for a code to change the hospital's particulars. */
  "POST /api/v1/hospital/edit-verification": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { expiresAt: string; }; message: string };
  };
  /** Confirm the code to change the hospital's particulars. */
  "POST /api/v1/hospital/edit-verification/confirmation": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { code: string; };
    answer: { data: { done: boolean; }; message: string };
  };
  /** Change the hospital's particulars. */
  "PUT /api/v1/hospital/details": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { name?: string | null; subdomain?: string | null; licenseNumber?: string | null; taxNumber?: string | null; email?: string | null; phone?: string | null; address?: string | null; };
    answer: { data: Hospital; message: string };
  };
  /** List the locations. */
  "GET /api/v1/locations": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "name" | "address" | "phone" | "hours" | "timeZone" | "version"> | null; };
    body: undefined;
    answer: { data: Array<Location>; message: string; page: PageInfo };
  };
  /** Show a location. */
  "GET /api/v1/locations/{locationId}": {
    path: { locationId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: Location; message: string };
  };
  /** Add a location. */
  "POST /api/v1/locations": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { name: string; address?: string | null; phone?: string | null; hours?: Array<{ day: number; opens: string; closes: string; }> | null; timeZone?: string | null; };
    answer: { data: Location; message: string };
  };
  /** Change a location. */
  "PATCH /api/v1/locations/{locationId}": {
    path: { locationId: string; };
    query: Record<string, never>;
    body: { version: number; name?: string | null; address?: string | null; phone?: string | null; hours?: Array<{ day: number; opens: string; closes: string; }> | null; timeZone?: string | null; };
    answer: { data: Location; message: string };
  };
  /** Remove a location. */
  "DELETE /api/v1/locations/{locationId}": {
    path: { locationId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: Location; message: string };
  };
  /** Add a department. */
  "POST /api/v1/departments": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { name: string; code: string; locationId?: string | null; };
    answer: { data: Department; message: string };
  };
  /** Change a department. */
  "PATCH /api/v1/departments/{departmentId}": {
    path: { departmentId: string; };
    query: Record<string, never>;
    body: { version: number; name?: string | null; code?: string | null; locationId?: string | null; isActive?: boolean | null; };
    answer: { data: Department; message: string };
  };
  /** Take a department out of use. */
  "DELETE /api/v1/departments/{departmentId}": {
    path: { departmentId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: Department; message: string };
  };
  /** List the rooms. */
  "GET /api/v1/rooms": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "number" | "departmentId" | "beds" | "version"> | null; departmentId?: string | null; };
    body: undefined;
    answer: { data: Array<Room>; message: string; page: PageInfo };
  };
  /** Add a room. */
  "POST /api/v1/rooms": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { number: string; departmentId?: string | null; beds?: number | null; };
    answer: { data: Room; message: string };
  };
  /** Change a room. */
  "PATCH /api/v1/rooms/{roomId}": {
    path: { roomId: string; };
    query: Record<string, never>;
    body: { version: number; number?: string | null; departmentId?: string | null; beds?: number | null; };
    answer: { data: Room; message: string };
  };
  /** Remove a room. */
  "DELETE /api/v1/rooms/{roomId}": {
    path: { roomId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: Room; message: string };
  };
  /** List who waits in a department. */
  "GET /api/v1/departments/{departmentId}/line": {
    path: { departmentId: string; };
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "departmentId" | "number" | "state" | "joinedAt" | "calledAt" | "leftAt" | "expiresAt"> | null; };
    body: undefined;
    answer: { data: Array<LineEntry>; message: string; page: PageInfo };
  };
  /** Give the next number of a department's line. */
  "POST /api/v1/departments/{departmentId}/line": {
    path: { departmentId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { id: string; departmentId: string; number: number; position: number; joinedAt: string; expiresAt: string; token: string; }; message: string };
  };
  /** Call the next of a department's line. */
  "POST /api/v1/departments/{departmentId}/line/calls": {
    path: { departmentId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: LineEntry; message: string };
  };
  /** Take somebody out of a line. */
  "DELETE /api/v1/line-entries/{lineEntryId}": {
    path: { lineEntryId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: LineEntry; message: string };
  };
  /** Make an account. */
  "POST /api/v1/auth/sign-up": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { email: string; password: string; name: string; organizationCode?: string | null; invitationToken?: string | null; organizationName?: string | null; acceptTerms: true; acceptPrivacy: true; };
    answer: { data: { user: { id: string; email: string; name: string; }; token: string; expiresAt: string; }; message: string };
  };
  /** Save your healthcare profile and come into a hospital. */
  "POST /api/v1/auth/profile": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { name: string; acceptTerms: true; acceptPrivacy: true; phone?: string | null; department?: string | null; jobTitle?: string | null; bio?: string | null; licenseNumber?: string | null; availabilityStatus?: "available" | "busy" | "offline" | null; contactPreferences?: { email?: boolean | null; push?: boolean | null; sms?: boolean | null; } | null; organizationCode?: string | null; invitationToken?: string | null; organizationName?: string | null; defaultHospitalId?: string | null; };
    answer: { data: { needsProfileCompletion: boolean; hospitalId?: string | null; }; message: string };
  };
  /** Show your profile. */
  "GET /api/v1/profile": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: Profile; message: string };
  };
  /** Change your profile. */
  "PATCH /api/v1/profile": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { name?: string | null; phone?: string | null; department?: string | null; jobTitle?: string | null; bio?: string | null; licenseNumber?: string | null; availabilityStatus?: "available" | "busy" | "offline" | null; contactPreferences?: { email?: boolean | null; push?: boolean | null; sms?: boolean | null; } | null; };
    answer: { data: Profile; message: string };
  };
  /** Make somebody choose a new password. */
  "POST /api/v1/users/{userId}/password-reset": {
    path: { userId: string; };
    query: Record<string, never>;
    body: { reason: string; };
    answer: { data: { done: boolean; }; message: string };
  };
  /** List the planned shifts. */
  "GET /api/v1/shifts": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "userId" | "userName" | "departmentId" | "from" | "to" | "version" | "warnings"> | null; from?: string | null; to?: string | null; userId?: string | null; departmentId?: string | null; };
    body: undefined;
    answer: { data: Array<Shift>; message: string; page: PageInfo };
  };
  /** Plan a shift. */
  "POST /api/v1/shifts": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { userId: string; departmentId?: string | null; from: string; to: string; };
    answer: { data: Shift; message: string };
  };
  /** Change a planned shift. */
  "PATCH /api/v1/shifts/{shiftId}": {
    path: { shiftId: string; };
    query: Record<string, never>;
    body: { version: number; departmentId?: string | null; from?: string | null; to?: string | null; };
    answer: { data: Shift; message: string };
  };
  /** Remove a planned shift. */
  "DELETE /api/v1/shifts/{shiftId}": {
    path: { shiftId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: Shift; message: string };
  };
  /** Show a person's weekly hours. */
  "GET /api/v1/users/{userId}/shift-schedule": {
    path: { userId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: ShiftSchedule; message: string };
  };
  /** Set a person's weekly hours. */
  "PUT /api/v1/users/{userId}/shift-schedule": {
    path: { userId: string; };
    query: Record<string, never>;
    body: { version: number; week: { monday?: Array<{ start: string; end: string; }> | null; tuesday?: Array<{ start: string; end: string; }> | null; wednesday?: Array<{ start: string; end: string; }> | null; thursday?: Array<{ start: string; end: string; }> | null; friday?: Array<{ start: string; end: string; }> | null; saturday?: Array<{ start: string; end: string; }> | null; sunday?: Array<{ start: string; end: string; }> | null; }; };
    answer: { data: ShiftSchedule; message: string };
  };
  /** List the people of the hospital to manage them. */
  "GET /api/v1/admin/users": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "email" | "name" | "role" | "departmentId" | "status" | "isOnDuty" | "isEmailVerified" | "lastLoginAt" | "suspendedAt" | "suspendedBy" | "suspensionReason" | "createdAt"> | null; search?: string | null; role?: "super_admin" | "system_admin" | "organization_admin" | "hospital_admin" | "manager" | "support" | "operator" | "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "receptionist" | "medical_assistant" | "billing_specialist" | "auditor" | "compliance_officer" | "data_analyst" | null; status?: "active" | "inactive" | "suspended" | null; sortBy?: "createdAt" | "name" | "email" | "lastLoginAt" | null; sortOrder?: "asc" | "desc" | null; };
    body: undefined;
    answer: { data: Array<ManagedUser>; message: string; page: PageInfo };
  };
  /** Show a person to manage him. */
  "GET /api/v1/admin/users/{userId}": {
    path: { userId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: ManagedUser; message: string };
  };
  /** Suspend a person, or let him in again. */
  "POST /api/v1/admin/users/{userId}/status": {
    path: { userId: string; };
    query: Record<string, never>;
    body: { action: "suspend" | "activate"; reason?: string | null; };
    answer: { data: ManagedUser; message: string };
  };
  /** Count the hospital's people and their deeds. */
  "GET /api/v1/admin/analytics": {
    path: Record<string, never>;
    query: { range?: "day" | "week" | "month" | "year" | null; };
    body: undefined;
    answer: { data: AdminAnalytics; message: string };
  };
  /** Count the whole installation. */
  "GET /api/v1/admin/platform": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: Platform; message: string };
  };
  /** List the schedules on call. */
  "GET /api/v1/on-call-schedules": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "name" | "departmentId" | "role" | "timeZone" | "layers" | "overrides" | "version"> | null; departmentId?: string | null; };
    body: undefined;
    answer: { data: Array<OnCallSchedule>; message: string; page: PageInfo };
  };
  /** Show a schedule on call. */
  "GET /api/v1/on-call-schedules/{scheduleId}": {
    path: { scheduleId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: OnCallSchedule; message: string };
  };
  /** Add a schedule on call. */
  "POST /api/v1/on-call-schedules": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { name: string; departmentId?: string | null; role?: "super_admin" | "system_admin" | "organization_admin" | "hospital_admin" | "manager" | "support" | "operator" | "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "receptionist" | "medical_assistant" | "billing_specialist" | "auditor" | "compliance_officer" | "data_analyst" | null; layers: Array<{ participants: Array<string>; rotation: "daily" | "weekly" | "custom"; hours?: number | null; handover: string; startDate: string; endDate?: string | null; week?: { monday?: Array<{ start: string; end: string; }> | null; tuesday?: Array<{ start: string; end: string; }> | null; wednesday?: Array<{ start: string; end: string; }> | null; thursday?: Array<{ start: string; end: string; }> | null; friday?: Array<{ start: string; end: string; }> | null; saturday?: Array<{ start: string; end: string; }> | null; sunday?: Array<{ start: string; end: string; }> | null; } | null; }>; };
    answer: { data: OnCallSchedule; message: string };
  };
  /** Change a schedule on call. */
  "PATCH /api/v1/on-call-schedules/{scheduleId}": {
    path: { scheduleId: string; };
    query: Record<string, never>;
    body: { version: number; name?: string | null; departmentId?: string | null; role?: "super_admin" | "system_admin" | "organization_admin" | "hospital_admin" | "manager" | "support" | "operator" | "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "receptionist" | "medical_assistant" | "billing_specialist" | "auditor" | "compliance_officer" | "data_analyst" | null; layers?: Array<{ participants: Array<string>; rotation: "daily" | "weekly" | "custom"; hours?: number | null; handover: string; startDate: string; endDate?: string | null; week?: { monday?: Array<{ start: string; end: string; }> | null; tuesday?: Array<{ start: string; end: string; }> | null; wednesday?: Array<{ start: string; end: string; }> | null; thursday?: Array<{ start: string; end: string; }> | null; friday?: Array<{ start: string; end: string; }> | null; saturday?: Array<{ start: string; end: string; }> | null; sunday?: Array<{ start: string; end: string; }> | null; } | null; }> | null; };
    answer: { data: OnCallSchedule; message: string };
  };
  /** Remove a schedule on call. */
  "DELETE /api/v1/on-call-schedules/{scheduleId}": {
    path: { scheduleId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: OnCallSchedule; message: string };
  };
  /** Let somebody stand in. */
  "POST /api/v1/on-call-schedules/{scheduleId}/overrides": {
    path: { scheduleId: string; };
    query: Record<string, never>;
    body: { userId: string; from: string; to: string; };
    answer: { data: OnCallOverride; message: string };
  };
  /** Let nobody stand in. */
  "DELETE /api/v1/on-call-schedules/{scheduleId}/overrides/{overrideId}": {
    path: { scheduleId: string; overrideId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: OnCallOverride; message: string };
  };
  /** Who is on call when. */
  "GET /api/v1/on-call-schedules/{scheduleId}/calendar": {
    path: { scheduleId: string; };
    query: { from?: string | null; to?: string | null; };
    body: undefined;
    answer: { data: OnCallCalendar; message: string };
  };
  /** When nobody is reachable. */
  "GET /api/v1/on-call-gaps": {
    path: Record<string, never>;
    query: { from?: string | null; to?: string | null; };
    body: undefined;
    answer: { data: OnCallGaps; message: string };
  };
  /** Who is on call. */
  "GET /api/v1/on-call": {
    path: Record<string, never>;
    query: { at?: string | null; };
    body: undefined;
    answer: { data: CurrentOnCall; message: string };
  };
  /** Go on duty or off duty. */
  "PUT /api/v1/duty": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { isOnDuty: boolean; handoverNotes?: string | null; };
    answer: { data: Duty; message: string };
  };
  /** End the shift and hand over. */
  "POST /api/v1/shift/end": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { handoverNotes: string; criticalAlerts?: Array<string> | null; followUpRequired?: Array<string> | null; toUserId?: string | null; };
    answer: { data: EndedShift; message: string };
  };
  /** List the handovers that wait. */
  "GET /api/v1/handovers": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "fromUserId" | "fromUserName" | "toUserId" | "toUserName" | "departmentId" | "notes" | "followUps" | "alertIds" | "criticalAlertIds" | "status" | "createdAt" | "expiresAt" | "answeredBy" | "answeredByName" | "answeredAt" | "acknowledgment"> | null; box?: "received" | "given" | null; status?: "pending" | "accepted" | "declined" | "expired" | null; };
    body: undefined;
    answer: { data: Array<Handover>; message: string; page: PageInfo };
  };
  /** Accept a handover. */
  "POST /api/v1/handovers/{handoverId}/acceptance": {
    path: { handoverId: string; };
    query: Record<string, never>;
    body: { acknowledgment?: string | null; };
    answer: { data: HandoverAnswer; message: string };
  };
  /** Decline a handover. */
  "POST /api/v1/handovers/{handoverId}/refusal": {
    path: { handoverId: string; };
    query: Record<string, never>;
    body: { reason?: string | null; };
    answer: { data: HandoverAnswer; message: string };
  };
  /** Show how handovers go. */
  "GET /api/v1/handover-metrics": {
    path: Record<string, never>;
    query: { timeRange?: "24h" | "7d" | "30d" | null; };
    body: undefined;
    answer: { data: HandoverMetrics; message: string };
  };
  /** List whom an alert reached and how. */
  "GET /api/v1/alerts/{alertId}/deliveries": {
    path: { alertId: string; };
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "userId" | "userName" | "tier" | "kind" | "channel" | "status" | "reason" | "attempts" | "createdAt" | "sentAt" | "deliveredAt" | "readAt" | "endedAt" | "secondsAfterAlert"> | null; };
    body: undefined;
    answer: { data: Array<Delivery>; message: string; page: PageInfo };
  };
  /** List one's own notifications. */
  "GET /api/v1/notifications": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "kind" | "title" | "text" | "alertId" | "tier" | "urgencyLevel" | "times" | "createdAt" | "toldAt" | "readAt"> | null; status?: "unread" | "all" | null; };
    body: undefined;
    answer: { data: Array<Notification>; message: string; page: PageInfo };
  };
  /** List one's unread notifications. */
  "GET /api/v1/notifications/unread": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "kind" | "title" | "text" | "alertId" | "tier" | "urgencyLevel" | "times" | "createdAt" | "toldAt" | "readAt"> | null; };
    body: undefined;
    answer: { data: Array<Notification>; message: string; page: PageInfo };
  };
  /** Count one's unread notifications. */
  "GET /api/v1/notifications/unread-count": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: { unread: number; }; message: string };
  };
  /** Mark a notification as read. */
  "POST /api/v1/notifications/{notificationId}/reading": {
    path: { notificationId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: Notification; message: string };
  };
  /** Mark all notifications as read. */
  "POST /api/v1/notifications/reading": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { marked: number; }; message: string };
  };
  /** Show how one wants to be told. */
  "GET /api/v1/notification-preferences": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: Preferences; message: string };
  };
  /** Choose how one is told. */
  "PUT /api/v1/notification-preferences": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { channels?: Array<"push" | "sms" | "whatsapp"> | null; email?: boolean | null; muted?: boolean | null; quietFrom?: string | null; quietUntil?: string | null; language?: string | null; };
    answer: { data: Preferences; message: string };
  };
  /** Be told as the hospital has it. */
  "DELETE /api/v1/notification-preferences": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: Preferences; message: string };
  };
  /** Show how people are told who have chosen nothing. */
  "GET /api/v1/notification-defaults": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: Preferences; message: string };
  };
  /** Choose how people are told who have chosen nothing. */
  "PUT /api/v1/notification-defaults": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { channels?: Array<"push" | "sms" | "whatsapp"> | null; email?: boolean | null; muted?: boolean | null; quietFrom?: string | null; quietUntil?: string | null; language?: string | null; };
    answer: { data: Preferences; message: string };
  };
  /** Note how a patient is reached. */
  "PUT /api/v1/patients/{patientId}/channels": {
    path: { patientId: string; };
    query: Record<string, never>;
    body: { channels: Array<"push" | "email" | "sms" | "whatsapp">; language?: string | null; };
    answer: { data: PatientChannels; message: string };
  };
  /** List the words of messages. */
  "GET /api/v1/notification-templates": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"name" | "language" | "subject" | "body" | "html" | "isOwn" | "values" | "updatedAt"> | null; };
    body: undefined;
    answer: { data: Array<MessageTemplate>; message: string; page: PageInfo };
  };
  /** Give a message the hospital's own words. */
  "PUT /api/v1/notification-templates/{name}/{language}": {
    path: { name: string; language: string; };
    query: Record<string, never>;
    body: { subject: string; body: string; html?: string | null; };
    answer: { data: MessageTemplate; message: string };
  };
  /** Take the hospital's own words away. */
  "DELETE /api/v1/notification-templates/{name}/{language}": {
    path: { name: string; language: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { done: boolean; }; message: string };
  };
  /** Show what a template would say. */
  "POST /api/v1/notification-templates/preview": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { name: string; subject: string; body: string; html?: string | null; };
    answer: { data: { subject: string; body: string; html?: string | null; }; message: string };
  };
  /** Send oneself a test. */
  "POST /api/v1/notification-tests": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { channel: "push" | "email" | "sms" | "whatsapp"; };
    answer: { data: { id: string; channel: "push" | "email" | "sms" | "whatsapp"; }; message: string };
  };
  /** Show how a mail stands. */
  "GET /api/v1/mails/{mailId}": {
    path: { mailId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: Mail; message: string };
  };
  /** List the hospital's mails. */
  "GET /api/v1/mails": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "template" | "status" | "reason" | "attempts" | "queuedAt" | "sentAt" | "deliveredAt" | "failedAt"> | null; };
    body: undefined;
    answer: { data: Array<Mail>; message: string; page: PageInfo };
  };
  /** Remind somebody at a time. */
  "POST /api/v1/reminders": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { patientId?: string | null; userId?: string | null; kind: "appointment" | "follow_up" | "prescription" | "payment" | "waiting_list"; at: string; eventAt?: string | null; values?: { with?: string | null; place?: string | null; amount?: string | null; note?: string | null; } | null; };
    answer: { data: Reminder; message: string };
  };
  /** List reminders. */
  "POST /api/v1/reminders/list": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "kind" | "userId" | "patientId" | "at" | "status" | "createdBy" | "createdAt" | "sentAt" | "cancelledAt"> | null; status?: "scheduled" | "sent" | "undeliverable" | "cancelled" | null; patientId?: string | null; };
    answer: { data: Array<Reminder>; message: string; page: PageInfo };
  };
  /** Take a reminder back. */
  "DELETE /api/v1/reminders/{reminderId}": {
    path: { reminderId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: Reminder; message: string };
  };
  /** The letters that a development Ward keeps instead of sending them, newest first, at most 100. */
  "GET /api/v1/development/outbox": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: { letters: Array<{ id: string; to: string; subject: string; text: string; createdAt: string; }>; }; message: string };
  };
  /** Add an endpoint that hears events. */
  "POST /api/v1/webhooks": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { url: string; events?: Array<"alert:new" | "alert:updated" | "alert:escalated" | "alert:commented" | "appointment:updated"> | null; description?: string | null; };
    answer: { data: { id: string; url: string; events: Array<"alert:new" | "alert:updated" | "alert:escalated" | "alert:commented" | "appointment:updated">; secret: string; version: number; }; message: string };
  };
  /** List the endpoints that hear events. */
  "GET /api/v1/webhooks": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "url" | "description" | "events" | "isActive" | "breaker" | "failures" | "behind" | "nextTryAt" | "createdAt" | "updatedAt" | "version"> | null; };
    body: undefined;
    answer: { data: Array<Webhook>; message: string; page: PageInfo };
  };
  /** Change or pause an endpoint. */
  "PATCH /api/v1/webhooks/{webhookId}": {
    path: { webhookId: string; };
    query: Record<string, never>;
    body: { version: number; url?: string | null; events?: Array<"alert:new" | "alert:updated" | "alert:escalated" | "alert:commented" | "appointment:updated"> | null; description?: string | null; isActive?: boolean | null; };
    answer: { data: Webhook; message: string };
  };
  /** Give an endpoint another secret. */
  "POST /api/v1/webhooks/{webhookId}/secret": {
    path: { webhookId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { id: string; secret: string; }; message: string };
  };
  /** Remove an endpoint. */
  "DELETE /api/v1/webhooks/{webhookId}": {
    path: { webhookId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { done: boolean; }; message: string };
  };
  /** List what an endpoint was handed. */
  "GET /api/v1/webhooks/{webhookId}/deliveries": {
    path: { webhookId: string; };
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "webhookId" | "eventNumber" | "eventId" | "event" | "status" | "attempts" | "responseStatus" | "reason" | "createdAt" | "finishedAt"> | null; };
    body: undefined;
    answer: { data: Array<WebhookDelivery>; message: string; page: PageInfo };
  };
  /** Hand an event over once more. */
  "POST /api/v1/webhook-deliveries/{deliveryId}/redelivery": {
    path: { deliveryId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: WebhookDelivery; message: string };
  };
  /** List the queues: what waits, runs and died in them, who works on them, how soon jobs begin. */
  "GET /api/v1/queues": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"queue" | "purpose" | "concurrency" | "workers" | "waiting" | "delayed" | "running" | "dead" | "doneLastHour" | "failedLastHour" | "oldestSeconds" | "p95StartMilliseconds"> | null; };
    body: undefined;
    answer: { data: Array<Queue>; message: string; page: PageInfo };
  };
  /** The queues in numbers, the processes that work on them, and who leads. */
  "GET /api/v1/queue-metrics": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: QueueMetrics; message: string };
  };
  /** List the jobs of a queue that wait, run, died (the default) or are done. */
  "GET /api/v1/queues/{queue}/jobs": {
    path: { queue: "appointment" | "enhanced-appointment" | "notification" | "email" | "vidhakarma" | "panchakarma" | "chequp" | "ayurveda-therapy" | "service" | "doctor-availability" | "queue-management" | "waiting-list" | "payment-processing" | "calendar-sync" | "patient-preference" | "analytics" | "reminder" | "follow-up" | "recurring-appointment" | "tasks" | "notifications" | "sms" | "alerting" | "alerting-push" | "alerting-email" | "alerting-sms" | "alerting-whatsapp" | "webhook"; };
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "hospitalId" | "kind" | "state" | "priority" | "attempts" | "maxAttempts" | "dueAt" | "createdAt" | "startedAt" | "finishedAt" | "reason"> | null; state?: "waiting" | "delayed" | "running" | "dead" | "done" | null; };
    body: undefined;
    answer: { data: Array<Job>; message: string; page: PageInfo };
  };
  /** Let a dead or delayed job begin now. */
  "POST /api/v1/jobs/{jobId}/retry": {
    path: { jobId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { id: string; }; message: string };
  };
  /** Cancel a job that is not running. */
  "DELETE /api/v1/jobs/{jobId}": {
    path: { jobId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { id: string; }; message: string };
  };
  /** Do the dead jobs of a queue again. */
  "POST /api/v1/queues/{queue}/replay": {
    path: { queue: "appointment" | "enhanced-appointment" | "notification" | "email" | "vidhakarma" | "panchakarma" | "chequp" | "ayurveda-therapy" | "service" | "doctor-availability" | "queue-management" | "waiting-list" | "payment-processing" | "calendar-sync" | "patient-preference" | "analytics" | "reminder" | "follow-up" | "recurring-appointment" | "tasks" | "notifications" | "sms" | "alerting" | "alerting-push" | "alerting-email" | "alerting-sms" | "alerting-whatsapp" | "webhook"; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { queue: "appointment" | "enhanced-appointment" | "notification" | "email" | "vidhakarma" | "panchakarma" | "chequp" | "ayurveda-therapy" | "service" | "doctor-availability" | "queue-management" | "waiting-list" | "payment-processing" | "calendar-sync" | "patient-preference" | "analytics" | "reminder" | "follow-up" | "recurring-appointment" | "tasks" | "notifications" | "sms" | "alerting" | "alerting-push" | "alerting-email" | "alerting-sms" | "alerting-whatsapp" | "webhook"; replayed: number; }; message: string };
  };
  /** Which services take our messages?. */
  "GET /api/v1/channels": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: { channels: Array<{ kind: "push" | "sms" | "whatsapp"; mode: "own" | "platform" | "off"; provider?: string | null; hasOwn: boolean; isConfigured: boolean; version: number; }>; }; message: string };
  };
  /** Choose the service of a channel. */
  "PUT /api/v1/channels/{kind}": {
    path: { kind: "push" | "sms" | "whatsapp"; };
    query: Record<string, never>;
    body: { version: number; mode: "own" | "platform" | "off"; url?: string | null; };
    answer: { data: { kind: "push" | "sms" | "whatsapp"; mode: "own" | "platform" | "off"; provider?: string | null; hasOwn: boolean; isConfigured: boolean; version: number; }; message: string };
  };
  /** Send my push messages to this device. */
  "POST /api/v1/push-tokens": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { token: string; platform?: "ios" | "android" | "web" | "other" | null; };
    answer: { data: PushToken; message: string };
  };
  /** List my devices. */
  "GET /api/v1/push-tokens": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "platform" | "createdAt"> | null; };
    body: undefined;
    answer: { data: Array<PushToken>; message: string; page: PageInfo };
  };
  /** Remove a device. */
  "DELETE /api/v1/push-tokens/{tokenId}": {
    path: { tokenId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { done: boolean; }; message: string };
  };
  /** Raise an alert. */
  "POST /api/v1/alerts": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { roomNumber: string; alertType: string; urgencyLevel?: number | null; priority?: "low" | "medium" | "high" | "critical" | null; title?: string | null; description?: string | null; departmentId?: string | null; patientId?: string | null; expiresAt?: string | null; };
    answer: { data: Alert; message: string };
  };
  /** List alerts. */
  "GET /api/v1/alerts": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "hospitalId" | "departmentId" | "roomNumber" | "alertType" | "title" | "description" | "urgencyLevel" | "priority" | "status" | "escalationTier" | "nextEscalationAt" | "acknowledgedBy" | "acknowledgedByName" | "acknowledgedAt" | "resolvedBy" | "resolvedAt" | "resolution" | "createdBy" | "createdByName" | "createdAt" | "updatedAt" | "expiresAt" | "version" | "responseAction" | "estimatedArrivalAt" | "delegatedTo" | "delegatedToName" | "quorum" | "responders" | "repeatCount" | "lastRepeatAt" | "repeatOf"> | null; status?: Array<"active" | "acknowledged" | "resolved" | "cancelled" | "expired" | "all"> | null; departmentId?: string | null; urgencyLevel?: number | null; alertType?: string | null; sortBy?: "createdAt" | "urgencyLevel" | "acknowledgedAt" | null; sortOrder?: "asc" | "desc" | null; };
    body: undefined;
    answer: { data: Array<Alert>; message: string; page: PageInfo };
  };
  /** List the alerts of your patients. */
  "GET /api/v1/my-patients/alerts": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "hospitalId" | "departmentId" | "roomNumber" | "alertType" | "title" | "description" | "urgencyLevel" | "priority" | "status" | "escalationTier" | "nextEscalationAt" | "acknowledgedBy" | "acknowledgedByName" | "acknowledgedAt" | "resolvedBy" | "resolvedAt" | "resolution" | "createdBy" | "createdByName" | "createdAt" | "updatedAt" | "expiresAt" | "version" | "responseAction" | "estimatedArrivalAt" | "delegatedTo" | "delegatedToName" | "quorum" | "responders" | "repeatCount" | "lastRepeatAt" | "repeatOf"> | null; status?: Array<"active" | "acknowledged" | "resolved" | "cancelled" | "expired" | "all"> | null; };
    body: undefined;
    answer: { data: Array<Alert>; message: string; page: PageInfo };
  };
  /** Show an alert. */
  "GET /api/v1/alerts/{alertId}": {
    path: { alertId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: Alert; message: string };
  };
  /** Correct an alert. */
  "PATCH /api/v1/alerts/{alertId}": {
    path: { alertId: string; };
    query: Record<string, never>;
    body: { version: number; roomNumber?: string | null; title?: string | null; description?: string | null; departmentId?: string | null; };
    answer: { data: Alert; message: string };
  };
  /** Show what happened to an alert. */
  "GET /api/v1/alerts/{alertId}/timeline": {
    path: { alertId: string; };
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "at" | "kind" | "actorId" | "actorName" | "fromTier" | "tier" | "reason" | "notes"> | null; };
    body: undefined;
    answer: { data: Array<Timeline>; message: string; page: PageInfo };
  };
  /** List the alert types. */
  "GET /api/v1/alert-types": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"code" | "title" | "class" | "defaultUrgency" | "requiresConfirmation" | "isActive" | "position" | "mergeWindowSeconds" | "quorum" | "quorumRepageSeconds" | "version"> | null; includeInactive?: boolean | null; };
    body: undefined;
    answer: { data: Array<AlertType>; message: string; page: PageInfo };
  };
  /** Add an alert type. */
  "POST /api/v1/alert-types": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { code: string; title: string; class: "medical" | "security" | "fire" | "equipment" | "other"; defaultUrgency: number; requiresConfirmation?: boolean | null; position?: number | null; mergeWindowSeconds?: number | null; quorum?: Array<{ label: string; role: "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "medical_assistant" | "operator"; specialization?: string | null; count: number; }> | null; quorumRepageSeconds?: number | null; };
    answer: { data: AlertType; message: string };
  };
  /** Change an alert type. */
  "PATCH /api/v1/alert-types/{code}": {
    path: { code: string; };
    query: Record<string, never>;
    body: { version: number; title?: string | null; class?: "medical" | "security" | "fire" | "equipment" | "other" | null; defaultUrgency?: number | null; requiresConfirmation?: boolean | null; isActive?: boolean | null; position?: number | null; mergeWindowSeconds?: number | null; quorum?: Array<{ label: string; role: "nurse" | "doctor" | "head_doctor" | "pharmacist" | "lab_technician" | "radiologist" | "medical_assistant" | "operator"; specialization?: string | null; count: number; }> | null; quorumRepageSeconds?: number | null; };
    answer: { data: AlertType; message: string };
  };
  /** Deactivate an alert type. */
  "DELETE /api/v1/alert-types/{code}": {
    path: { code: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: AlertType; message: string };
  };
  /** List the templates of alerts. */
  "GET /api/v1/alert-templates": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "name" | "alertType" | "urgencyLevel" | "defaultDescription" | "departmentId" | "icon" | "color" | "version"> | null; };
    body: undefined;
    answer: { data: Array<AlertTemplate>; message: string; page: PageInfo };
  };
  /** Add a template of alerts. */
  "POST /api/v1/alert-templates": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { name: string; alertType: string; urgencyLevel: number; defaultDescription?: string | null; departmentId?: string | null; icon?: string | null; color?: string | null; };
    answer: { data: AlertTemplate; message: string };
  };
  /** Change a template of alerts. */
  "PATCH /api/v1/alert-templates/{templateId}": {
    path: { templateId: string; };
    query: Record<string, never>;
    body: { version: number; name?: string | null; alertType?: string | null; urgencyLevel?: number | null; defaultDescription?: string | null; departmentId?: string | null; icon?: string | null; color?: string | null; };
    answer: { data: AlertTemplate; message: string };
  };
  /** Remove a template of alerts. */
  "DELETE /api/v1/alert-templates/{templateId}": {
    path: { templateId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { done: boolean; }; message: string };
  };
  /** Raise an alert from a template. */
  "POST /api/v1/alerts/from-template": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { templateId: string; roomNumber: string; description?: string | null; patientId?: string | null; };
    answer: { data: Alert; message: string };
  };
  /** Show how often people are interrupted. */
  "GET /api/v1/alert-fatigue": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"departmentId" | "departmentName" | "shift" | "interruptions" | "staffHours" | "interruptionsPerStaffHour" | "alerts" | "actedOn" | "shareActedOn" | "repeatsMerged" | "acknowledgeP50Seconds" | "acknowledgeP95Seconds"> | null; startDate?: string | null; endDate?: string | null; departmentId?: string | null; };
    body: undefined;
    answer: { data: Array<Fatigue>; message: string; page: PageInfo };
  };
  /** Count the alerts. */
  "GET /api/v1/alert-stats": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: AlertStats; message: string };
  };
  /** Count the alerts of each day, week or month. */
  "GET /api/v1/alert-analytics": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"startsAt" | "alerts" | "critical" | "acknowledged" | "resolved" | "escalations" | "averageAcknowledgeSeconds"> | null; startDate?: string | null; endDate?: string | null; groupBy?: "day" | "week" | "month" | null; };
    body: undefined;
    answer: { data: Array<AlertBucket>; message: string; page: PageInfo };
  };
  /** Show how alerts were answered. */
  "GET /api/v1/alert-response-analytics": {
    path: Record<string, never>;
    query: { departmentId?: string | null; timeRange?: "24h" | "7d" | "30d" | "90d" | "custom" | null; startDate?: string | null; endDate?: string | null; };
    body: undefined;
    answer: { data: ResponseFigures; message: string };
  };
  /** Show the last hours at a glance. */
  "GET /api/v1/alert-metrics": {
    path: Record<string, never>;
    query: { timeRange?: "1h" | "6h" | "24h" | "7d" | null; departmentId?: string | null; };
    body: undefined;
    answer: { data: AlertMetrics; message: string };
  };
  /** List the alerts of a time. */
  "GET /api/v1/alert-history": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "hospitalId" | "departmentId" | "roomNumber" | "alertType" | "title" | "description" | "urgencyLevel" | "priority" | "status" | "escalationTier" | "nextEscalationAt" | "acknowledgedBy" | "acknowledgedByName" | "acknowledgedAt" | "resolvedBy" | "resolvedAt" | "resolution" | "createdBy" | "createdByName" | "createdAt" | "updatedAt" | "expiresAt" | "version" | "responseAction" | "estimatedArrivalAt" | "delegatedTo" | "delegatedToName" | "quorum" | "responders" | "repeatCount" | "lastRepeatAt" | "repeatOf"> | null; startDate?: string | null; endDate?: string | null; };
    body: undefined;
    answer: { data: Array<Alert>; message: string; page: PageInfo };
  };
  /** Show where an alert stands on its ladder. */
  "GET /api/v1/alerts/{alertId}/escalation-status": {
    path: { alertId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: EscalationStatus; message: string };
  };
  /** List an alert's steps. */
  "GET /api/v1/alerts/{alertId}/escalations": {
    path: { alertId: string; };
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "fromTier" | "toTier" | "reason" | "dueAt" | "escalatedAt" | "actorId" | "actorName"> | null; };
    body: undefined;
    answer: { data: Array<Escalation>; message: string; page: PageInfo };
  };
  /** Show what is climbing now. */
  "GET /api/v1/active-escalations": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: ActiveEscalations; message: string };
  };
  /** List the escalation ladders. */
  "GET /api/v1/escalation-ladders": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "urgencyLevel" | "departmentId" | "alertType" | "stepSeconds" | "repeats" | "responseSeconds" | "version" | "isDefault"> | null; };
    body: undefined;
    answer: { data: Array<Ladder>; message: string; page: PageInfo };
  };
  /** Add an escalation ladder. */
  "POST /api/v1/escalation-ladders": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { urgencyLevel: number; departmentId?: string | null; alertType?: string | null; stepSeconds: Array<number>; repeats?: boolean | null; responseSeconds?: number | null; };
    answer: { data: Ladder; message: string };
  };
  /** Change an escalation ladder. */
  "PATCH /api/v1/escalation-ladders/{ladderId}": {
    path: { ladderId: string; };
    query: Record<string, never>;
    body: { version: number; stepSeconds?: Array<number> | null; repeats?: boolean | null; responseSeconds?: number | null; };
    answer: { data: Ladder; message: string };
  };
  /** Remove an escalation ladder. */
  "DELETE /api/v1/escalation-ladders/{ladderId}": {
    path: { ladderId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { done: boolean; }; message: string };
  };
  /** Show who would be paged when. */
  "POST /api/v1/escalation-ladders/dry-run": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { urgencyLevel: number; departmentId?: string | null; alertType?: string | null; at?: string | null; stepSeconds?: Array<number> | null; repeats?: boolean | null; };
    answer: { data: Rehearsal; message: string };
  };
  /** Whom would an alert reach. */
  "GET /api/v1/readiness": {
    path: Record<string, never>;
    query: { at?: string | null; };
    body: undefined;
    answer: { data: Readiness; message: string };
  };
  /** What came of my shift. */
  "GET /api/v1/shift-summary": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: ShiftSummary; message: string };
  };
  /** Acknowledge an alert. */
  "POST /api/v1/alerts/{alertId}/acknowledgement": {
    path: { alertId: string; };
    query: Record<string, never>;
    body: { notes?: string | null; responseAction?: "responding" | "delayed" | "delegating" | "monitoring" | null; estimatedResponseTime?: number | null; delegateTo?: string | null; urgencyAssessment?: "maintain" | "increase" | "decrease" | null; };
    answer: { data: Alert; message: string };
  };
  /** Acknowledge several alerts. */
  "POST /api/v1/alerts/batch-acknowledgement": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { alertIds: Array<string>; responseAction?: "responding" | "delayed" | "delegating" | "monitoring" | null; estimatedResponseTime?: number | null; notes?: string | null; };
    answer: { data: { succeeded: Array<string>; failed: Array<{ alertId: string; code: string; error: string; }>; }; message: string };
  };
  /** Resolve several alerts. */
  "POST /api/v1/alerts/batch-resolution": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { alertIds: Array<string>; resolution: string; followUpRequired?: boolean | null; followUpNotes?: string | null; };
    answer: { data: { succeeded: Array<string>; failed: Array<{ alertId: string; code: string; error: string; }>; }; message: string };
  };
  /** Hand an alert to a colleague. */
  "POST /api/v1/alerts/{alertId}/transfer": {
    path: { alertId: string; };
    query: Record<string, never>;
    body: { toUserId: string; reason: string; };
    answer: { data: Alert; message: string };
  };
  /** Comment on an alert. */
  "POST /api/v1/alerts/{alertId}/comments": {
    path: { alertId: string; };
    query: Record<string, never>;
    body: { text: string; };
    answer: { data: Alert; message: string };
  };
  /** Resolve an alert. */
  "POST /api/v1/alerts/{alertId}/resolution": {
    path: { alertId: string; };
    query: Record<string, never>;
    body: { resolution: string; };
    answer: { data: Alert; message: string };
  };
  /** Cancel an alert. */
  "POST /api/v1/alerts/{alertId}/cancellation": {
    path: { alertId: string; };
    query: Record<string, never>;
    body: { reason?: string | null; };
    answer: { data: Alert; message: string };
  };
  /** Escalate an alert now. */
  "POST /api/v1/alerts/{alertId}/escalation": {
    path: { alertId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: Alert; message: string };
  };
  /** Decline a page. */
  "POST /api/v1/alerts/{alertId}/declination": {
    path: { alertId: string; };
    query: Record<string, never>;
    body: { reason?: string | null; };
    answer: { data: Alert; message: string };
  };
  /** Say that you have arrived. */
  "POST /api/v1/alerts/{alertId}/arrival": {
    path: { alertId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: Alert; message: string };
  };
  /** Take an answer back. */
  "POST /api/v1/alerts/{alertId}/withdrawal": {
    path: { alertId: string; };
    query: Record<string, never>;
    body: { reason?: string | null; };
    answer: { data: Alert; message: string };
  };
  /** Take a patient in. */
  "POST /api/v1/patients": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { name: string; admittedAt?: string | null; mrn?: string | null; dateOfBirth?: string | null; gender?: "male" | "female" | "other" | "unknown" | null; bloodType?: "A+" | "A-" | "B+" | "B-" | "AB+" | "AB-" | "O+" | "O-" | null; nationalId?: string | null; phone?: string | null; email?: string | null; address?: string | null; departmentId?: string | null; roomNumber?: string | null; bedNumber?: string | null; primaryDiagnosis?: string | null; secondaryDiagnoses?: Array<string> | null; allergies?: Array<string> | null; medications?: Array<{ name: string; dosage: string; frequency: string; }> | null; emergencyContact?: { name: string; relationship: string; phone: string; } | null; flags?: { dnr?: boolean | null; fallRisk?: boolean | null; allergyAlert?: boolean | null; } | null; notes?: string | null; };
    answer: { data: Patient; message: string };
  };
  /** Show a patient. */
  "GET /api/v1/patients/{patientId}": {
    path: { patientId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: Patient; message: string };
  };
  /** Change a patient's record. */
  "PATCH /api/v1/patients/{patientId}": {
    path: { patientId: string; };
    query: Record<string, never>;
    body: { version: number; name?: string | null; clear?: Array<"dateOfBirth" | "bloodType" | "nationalId" | "phone" | "email" | "address" | "primaryDiagnosis" | "emergencyContact" | "notes" | "departmentId" | "roomNumber" | "bedNumber"> | null; mrn?: string | null; dateOfBirth?: string | null; gender?: "male" | "female" | "other" | "unknown" | null; bloodType?: "A+" | "A-" | "B+" | "B-" | "AB+" | "AB-" | "O+" | "O-" | null; nationalId?: string | null; phone?: string | null; email?: string | null; address?: string | null; departmentId?: string | null; roomNumber?: string | null; bedNumber?: string | null; primaryDiagnosis?: string | null; secondaryDiagnoses?: Array<string> | null; allergies?: Array<string> | null; medications?: Array<{ name: string; dosage: string; frequency: string; }> | null; emergencyContact?: { name: string; relationship: string; phone: string; } | null; flags?: { dnr?: boolean | null; fallRisk?: boolean | null; allergyAlert?: boolean | null; } | null; notes?: string | null; };
    answer: { data: Patient; message: string };
  };
  /** List patients. */
  "POST /api/v1/patients/list": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "hospitalId" | "mrn" | "name" | "dateOfBirth" | "gender" | "departmentId" | "roomNumber" | "bedNumber" | "status" | "flags" | "admittedAt" | "dischargedAt" | "createdAt" | "updatedAt" | "version" | "isRestricted"> | null; departmentId?: string | null; doctorId?: string | null; status?: "active" | "discharged" | "all" | null; flags?: { dnr?: boolean | null; fallRisk?: boolean | null; allergyAlert?: boolean | null; } | null; patientIds?: Array<string> | null; };
    answer: { data: Array<PatientSummary>; message: string; page: PageInfo };
  };
  /** List the patients in whose care team one is. */
  "GET /api/v1/my-patients": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "hospitalId" | "mrn" | "name" | "dateOfBirth" | "gender" | "departmentId" | "roomNumber" | "bedNumber" | "status" | "flags" | "admittedAt" | "dischargedAt" | "createdAt" | "updatedAt" | "version" | "isRestricted"> | null; };
    body: undefined;
    answer: { data: Array<PatientSummary>; message: string; page: PageInfo };
  };
  /** Search for patients. */
  "POST /api/v1/patients/search": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { text: string; limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "hospitalId" | "mrn" | "name" | "dateOfBirth" | "gender" | "departmentId" | "roomNumber" | "bedNumber" | "status" | "flags" | "admittedAt" | "dischargedAt" | "createdAt" | "updatedAt" | "version" | "isRestricted"> | null; };
    answer: { data: Array<PatientSummary>; message: string; page: PageInfo };
  };
  /** Discharge a patient. */
  "POST /api/v1/patients/{patientId}/discharge": {
    path: { patientId: string; };
    query: Record<string, never>;
    body: { dischargeNotes: string; dischargeDiagnosis?: string | null; };
    answer: { data: Patient; message: string };
  };
  /** Count the hospital's patients. */
  "GET /api/v1/patient-dashboard": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: PatientDashboard; message: string };
  };
  /** Write down vital signs. */
  "POST /api/v1/patients/{patientId}/vitals": {
    path: { patientId: string; };
    query: Record<string, never>;
    body: { heartRate?: number | null; systolic?: number | null; diastolic?: number | null; temperature?: number | null; respiratoryRate?: number | null; oxygenSaturation?: number | null; bloodGlucose?: number | null; pain?: number | null; notes?: string | null; };
    answer: { data: { id: string; patientId: string; recordedBy: string; recordedAt: string; heartRate: number | null; systolic: number | null; diastolic: number | null; temperature: number | null; respiratoryRate: number | null; oxygenSaturation: number | null; bloodGlucose: number | null; pain: number | null; critical: Array<"heartRate" | "systolic" | "diastolic" | "temperature" | "respiratoryRate" | "oxygenSaturation" | "bloodGlucose" | "pain">; alertId: string | null; notes: string | null; }; message: string };
  };
  /** Show the last vital signs. */
  "GET /api/v1/patients/{patientId}/vitals/current": {
    path: { patientId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: { vitals: { id: string; patientId: string; recordedBy: string; recordedAt: string; heartRate: number | null; systolic: number | null; diastolic: number | null; temperature: number | null; respiratoryRate: number | null; oxygenSaturation: number | null; bloodGlucose: number | null; pain: number | null; critical: Array<"heartRate" | "systolic" | "diastolic" | "temperature" | "respiratoryRate" | "oxygenSaturation" | "bloodGlucose" | "pain">; alertId: string | null; notes: string | null; } | null; trend: { heartRate: "up" | "down" | "stable" | null; systolic: "up" | "down" | "stable" | null; diastolic: "up" | "down" | "stable" | null; temperature: "up" | "down" | "stable" | null; respiratoryRate: "up" | "down" | "stable" | null; oxygenSaturation: "up" | "down" | "stable" | null; bloodGlucose: "up" | "down" | "stable" | null; pain: "up" | "down" | "stable" | null; }; }; message: string };
  };
  /** Show the vital signs of the last hours, at most 500 readings. */
  "GET /api/v1/patients/{patientId}/vitals": {
    path: { patientId: string; };
    query: { timeRange?: "1h" | "6h" | "24h" | "72h" | null; };
    body: undefined;
    answer: { data: { readings: Array<{ id: string; patientId: string; recordedBy: string; recordedAt: string; heartRate: number | null; systolic: number | null; diastolic: number | null; temperature: number | null; respiratoryRate: number | null; oxygenSaturation: number | null; bloodGlucose: number | null; pain: number | null; critical: Array<"heartRate" | "systolic" | "diastolic" | "temperature" | "respiratoryRate" | "oxygenSaturation" | "bloodGlucose" | "pain">; alertId: string | null; notes: string | null; }>; statistics: { heartRate: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; systolic: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; diastolic: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; temperature: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; respiratoryRate: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; oxygenSaturation: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; bloodGlucose: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; pain: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; }; }; message: string };
  };
  /** Put somebody into a patient's care team. */
  "POST /api/v1/patients/{patientId}/care-team": {
    path: { patientId: string; };
    query: Record<string, never>;
    body: { userId: string; role: "primary_doctor" | "attending_nurse" | "specialist" | "resident" | "intern"; notes?: string | null; };
    answer: { data: { id: string; patientId: string; userId: string; userName: string; role: "primary_doctor" | "attending_nurse" | "specialist" | "resident" | "intern"; notes: string | null; assignedAt: string; endedAt: string | null; }; message: string };
  };
  /** Take somebody out of a patient's care team. */
  "DELETE /api/v1/patients/{patientId}/care-team/{userId}": {
    path: { patientId: string; userId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { id: string; patientId: string; userId: string; userName: string; role: "primary_doctor" | "attending_nurse" | "specialist" | "resident" | "intern"; notes: string | null; assignedAt: string; endedAt: string | null; }; message: string };
  };
  /** Show who looks after a patient. */
  "GET /api/v1/patients/{patientId}/care-team": {
    path: { patientId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: { members: Array<{ id: string; patientId: string; userId: string; userName: string; role: "primary_doctor" | "attending_nurse" | "specialist" | "resident" | "intern"; notes: string | null; assignedAt: string; endedAt: string | null; }>; }; message: string };
  };
  /** List who saw a patient's record. */
  "GET /api/v1/patients/{patientId}/access-log": {
    path: { patientId: string; };
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "occurredAt" | "action" | "actorKind" | "actorId" | "actorName" | "actorRole" | "requestId"> | null; };
    body: undefined;
    answer: { data: Array<Access>; message: string; page: PageInfo };
  };
  /** List who saw one's own record. */
  "GET /api/v1/my-record/access-log": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "occurredAt" | "action" | "actorKind" | "actorId" | "actorName" | "actorRole" | "requestId"> | null; };
    body: undefined;
    answer: { data: Array<Access>; message: string; page: PageInfo };
  };
  /** Show one's own record. */
  "GET /api/v1/my-record": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: Patient; message: string };
  };
  /** Show one's own vital signs. */
  "GET /api/v1/my-record/vitals": {
    path: Record<string, never>;
    query: { timeRange?: "1h" | "6h" | "24h" | "72h" | null; };
    body: undefined;
    answer: { data: { readings: Array<{ id: string; patientId: string; recordedBy: string; recordedAt: string; heartRate: number | null; systolic: number | null; diastolic: number | null; temperature: number | null; respiratoryRate: number | null; oxygenSaturation: number | null; bloodGlucose: number | null; pain: number | null; critical: Array<"heartRate" | "systolic" | "diastolic" | "temperature" | "respiratoryRate" | "oxygenSaturation" | "bloodGlucose" | "pain">; alertId: string | null; notes: string | null; }>; statistics: { heartRate: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; systolic: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; diastolic: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; temperature: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; respiratoryRate: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; oxygenSaturation: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; bloodGlucose: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; pain: { count: number; minimum: number | null; maximum: number | null; average: number | null; } | null; }; }; message: string };
  };
  /** Tie a patient's record to his account. */
  "PUT /api/v1/patients/{patientId}/account": {
    path: { patientId: string; };
    query: Record<string, never>;
    body: { userId: string; };
    answer: { data: Patient; message: string };
  };
  /** Open a record in an emergency. */
  "POST /api/v1/patients/{patientId}/emergency-access": {
    path: { patientId: string; };
    query: Record<string, never>;
    body: { reason: string; code: string; minutes?: number | null; };
    answer: { data: AccessReview; message: string };
  };
  /** List records opened in an emergency. */
  "GET /api/v1/access-reviews": {
    path: Record<string, never>;
    query: { status?: "pending" | "reviewed" | "all" | null; limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "userId" | "userName" | "reason" | "grantedAt" | "expiresAt" | "verdict" | "reviewedBy" | "reviewedAt" | "reviewNote"> | null; };
    body: undefined;
    answer: { data: Array<AccessReview>; message: string; page: PageInfo };
  };
  /** Review an emergency access. */
  "POST /api/v1/access-reviews/{accessId}/review": {
    path: { accessId: string; };
    query: Record<string, never>;
    body: { verdict: "justified" | "unjustified"; note?: string | null; };
    answer: { data: AccessReview; message: string };
  };
  /** Book an appointment. */
  "POST /api/v1/appointments": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { patientId: string; doctorId: string; service: string; startsAt: string; minutes?: number | null; medium?: "in_person" | "video" | "audio" | "chat" | null; priority?: "low" | "normal" | "high" | "urgent" | null; locationId?: string | null; resources?: Array<string> | null; holdSeconds?: number | null; overrideReason?: string | null; details?: Record<string, unknown> | null; };
    answer: { data: Appointment; message: string };
  };
  /** Book an appointment for oneself. */
  "POST /api/v1/my-appointments": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { doctorId: string; service: string; startsAt: string; medium?: "in_person" | "video" | "audio" | "chat" | null; locationId?: string | null; payment?: "online" | "desk" | null; details?: Record<string, unknown> | null; };
    answer: { data: Appointment; message: string };
  };
  /** Show an appointment. */
  "GET /api/v1/appointments/{appointmentId}": {
    path: { appointmentId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: Appointment; message: string };
  };
  /** List appointments. */
  "GET /api/v1/appointments": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "hospitalId" | "patientId" | "doctorId" | "doctorName" | "locationId" | "service" | "medium" | "priority" | "status" | "holdEndsAt" | "startsAt" | "endsAt" | "resourceIds" | "feeMinor" | "currency" | "details" | "records" | "isOverride" | "overrideReason" | "overrideBy" | "cancelCause" | "cancelReason" | "seriesId" | "courseId" | "checkedInAt" | "startedAt" | "endedAt" | "createdBy" | "createdAt" | "updatedAt" | "version"> | null; doctorId?: string | null; patientId?: string | null; locationId?: string | null; service?: string | null; status?: Array<"held" | "scheduled" | "confirmed" | "checked_in" | "in_progress" | "completed" | "cancelled" | "no_show" | "expired"> | null; from?: string | null; to?: string | null; };
    body: undefined;
    answer: { data: Array<Appointment>; message: string; page: PageInfo };
  };
  /** List one's own appointments. */
  "GET /api/v1/my-appointments": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "hospitalId" | "patientId" | "doctorId" | "doctorName" | "locationId" | "service" | "medium" | "priority" | "status" | "holdEndsAt" | "startsAt" | "endsAt" | "resourceIds" | "feeMinor" | "currency" | "details" | "records" | "isOverride" | "overrideReason" | "overrideBy" | "cancelCause" | "cancelReason" | "seriesId" | "courseId" | "checkedInAt" | "startedAt" | "endedAt" | "createdBy" | "createdAt" | "updatedAt" | "version"> | null; status?: Array<"held" | "scheduled" | "confirmed" | "checked_in" | "in_progress" | "completed" | "cancelled" | "no_show" | "expired"> | null; from?: string | null; to?: string | null; };
    body: undefined;
    answer: { data: Array<Appointment>; message: string; page: PageInfo };
  };
  /** Cancel an appointment. */
  "POST /api/v1/appointments/{appointmentId}/cancellation": {
    path: { appointmentId: string; };
    query: Record<string, never>;
    body: { cause?: "patient" | "doctor" | "clinic" | "payment" | "series" | "course" | "other" | null; reason?: string | null; version?: number | null; };
    answer: { data: Appointment; message: string };
  };
  /** Cancel one's own appointment. */
  "POST /api/v1/my-appointments/{appointmentId}/cancellation": {
    path: { appointmentId: string; };
    query: Record<string, never>;
    body: { reason?: string | null; };
    answer: { data: Appointment; message: string };
  };
  /** Confirm an appointment. */
  "POST /api/v1/appointments/{appointmentId}/confirmation": {
    path: { appointmentId: string; };
    query: Record<string, never>;
    body: { version?: number | null; };
    answer: { data: Appointment; message: string };
  };
  /** Check a patient in. */
  "POST /api/v1/appointments/{appointmentId}/check-in": {
    path: { appointmentId: string; };
    query: Record<string, never>;
    body: { version?: number | null; };
    answer: { data: Appointment; message: string };
  };
  /** Begin a visit. */
  "POST /api/v1/appointments/{appointmentId}/beginning": {
    path: { appointmentId: string; };
    query: Record<string, never>;
    body: { version?: number | null; };
    answer: { data: Appointment; message: string };
  };
  /** End a visit. */
  "POST /api/v1/appointments/{appointmentId}/completion": {
    path: { appointmentId: string; };
    query: Record<string, never>;
    body: { version?: number | null; };
    answer: { data: Appointment; message: string };
  };
  /** Note that a patient did not come. */
  "POST /api/v1/appointments/{appointmentId}/no-show": {
    path: { appointmentId: string; };
    query: Record<string, never>;
    body: { version?: number | null; };
    answer: { data: Appointment; message: string };
  };
  /** Move an appointment. */
  "POST /api/v1/appointments/{appointmentId}/move": {
    path: { appointmentId: string; };
    query: Record<string, never>;
    body: { startsAt: string; minutes?: number | null; version: number; overrideReason?: string | null; };
    answer: { data: Appointment; message: string };
  };
  /** Show what happened to an appointment. */
  "GET /api/v1/appointments/{appointmentId}/history": {
    path: { appointmentId: string; };
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "at" | "step" | "status" | "startsAt" | "endsAt" | "reason" | "actorId" | "actorName"> | null; };
    body: undefined;
    answer: { data: Array<AppointmentStep>; message: string; page: PageInfo };
  };
  /** List what can be booked. */
  "GET /api/v1/resources": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "kind" | "userId" | "name" | "locationId" | "capacity" | "averageMinutes" | "feeMinor" | "isActive" | "createdAt" | "updatedAt" | "version"> | null; kind?: "doctor" | "room" | "equipment" | null; onlyActive?: boolean | null; };
    body: undefined;
    answer: { data: Array<Bookable>; message: string; page: PageInfo };
  };
  /** Add what can be booked. */
  "POST /api/v1/resources": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { kind: "room" | "equipment"; name: string; locationId?: string | null; capacity?: number | null; averageMinutes?: number | null; feeMinor?: number | null; };
    answer: { data: Bookable; message: string };
  };
  /** Change what can be booked. */
  "PATCH /api/v1/resources/{resourceId}": {
    path: { resourceId: string; };
    query: Record<string, never>;
    body: { version: number; name?: string | null; locationId?: string | null; capacity?: number | null; averageMinutes?: number | null; feeMinor?: number | null; isActive?: boolean | null; };
    answer: { data: Bookable; message: string };
  };
  /** Show what can be booked. */
  "GET /api/v1/services": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: { services: Array<{ name: string; domain: string; title: string; minutes: number; bufferMinutes: number; sessions: number; queue: string; media: Array<"in_person" | "video" | "audio" | "chat">; needs: Array<"doctor" | "room" | "equipment">; fields: Array<{ name: string; type: "text" | "number" | "choice"; isRequired: boolean; choices: Array<string>; }>; operations: Array<{ name: string; fields: Array<{ name: string; type: "text" | "number" | "choice"; isRequired: boolean; choices: Array<string>; }>; }>; }>; }; message: string };
  };
  /** Have a service's own operation done. */
  "POST /api/v1/appointments/{appointmentId}/service-operations": {
    path: { appointmentId: string; };
    query: Record<string, never>;
    body: { operation: string; data?: Record<string, unknown> | null; };
    answer: { data: { appointmentId: string; operation: string; jobId: string; }; message: string };
  };
  /** Set a doctor's hours. */
  "PUT /api/v1/doctors/{doctorId}/hours": {
    path: { doctorId: string; };
    query: Record<string, never>;
    body: { version: number; hours: Array<{ day: number; start: string; end: string; locationId?: string | null; averageMinutes?: number | null; isActive?: boolean | null; from?: string | null; until?: string | null; }>; averageMinutes?: number | null; capacity?: number | null; feeMinor?: number | null; };
    answer: { data: DoctorHours; message: string };
  };
  /** Show a doctor's hours. */
  "GET /api/v1/doctors/{doctorId}/hours": {
    path: { doctorId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: DoctorHours; message: string };
  };
  /** Add a day off or extra hours. */
  "POST /api/v1/doctors/{doctorId}/availability-exceptions": {
    path: { doctorId: string; };
    query: Record<string, never>;
    body: { kind: "off" | "extra"; from?: string | null; to?: string | null; date?: string | null; untilDate?: string | null; locationId?: string | null; title?: string | null; };
    answer: { data: AvailabilityException; message: string };
  };
  /** Remove a day off or extra hours. */
  "DELETE /api/v1/availability-exceptions/{exceptionId}": {
    path: { exceptionId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: AvailabilityException; message: string };
  };
  /** List days off and extra hours. */
  "GET /api/v1/doctors/{doctorId}/availability-exceptions": {
    path: { doctorId: string; };
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "doctorId" | "kind" | "from" | "to" | "locationId" | "title" | "createdAt"> | null; from?: string | null; };
    body: undefined;
    answer: { data: Array<AvailabilityException>; message: string; page: PageInfo };
  };
  /** List the times that can be booked. */
  "GET /api/v1/slots": {
    path: Record<string, never>;
    query: { doctorId?: string | null; departmentId?: string | null; locationId?: string | null; from: string; to: string; service?: string | null; minutes?: number | null; };
    body: undefined;
    answer: { data: SlotBoard; message: string };
  };
  /** Ask whether a doctor is free. */
  "GET /api/v1/doctors/{doctorId}/availability": {
    path: { doctorId: string; };
    query: { startsAt: string; service?: string | null; minutes?: number | null; };
    body: undefined;
    answer: { data: AvailabilityAnswer; message: string };
  };
  /** Show how open the next weeks are. */
  "GET /api/v1/doctors/{doctorId}/availability-overview": {
    path: { doctorId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: AvailabilityOverview; message: string };
  };
  /** Show what a patient prefers. */
  "GET /api/v1/patients/{patientId}/booking-preferences": {
    path: { patientId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: BookingPreferences; message: string };
  };
  /** Set what a patient prefers. */
  "PUT /api/v1/patients/{patientId}/booking-preferences": {
    path: { patientId: string; };
    query: Record<string, never>;
    body: { doctorId?: string | null; weekdays?: Array<number> | null; earliest?: string | null; latest?: string | null; version: number; };
    answer: { data: BookingPreferences; message: string };
  };
  /** Show what you prefer. */
  "GET /api/v1/my-record/booking-preferences": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: BookingPreferences; message: string };
  };
  /** Set what you prefer. */
  "PUT /api/v1/my-record/booking-preferences": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { doctorId?: string | null; weekdays?: Array<number> | null; earliest?: string | null; latest?: string | null; version: number; };
    answer: { data: BookingPreferences; message: string };
  };
  /** Rank other times for a visit. */
  "POST /api/v1/appointment-alternatives": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { patientId: string; doctorId: string; startsAt: string; minutes?: number | null; isUrgent?: boolean | null; locationId?: string | null; };
    answer: { data: Alternatives; message: string };
  };
  /** Get an address for your calendar. */
  "POST /api/v1/calendar-feed": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { path: string; }; message: string };
  };
  /** End the address for your calendar. */
  "DELETE /api/v1/calendar-feed": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { done: boolean; }; message: string };
  };
  /** Book appointments that come again. */
  "POST /api/v1/appointment-series": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { patientId: string; doctorId: string; service: string; startsAt: string; rule: string; minutes?: number | null; locationId?: string | null; skipsConflicts?: boolean | null; };
    answer: { data: Series; message: string };
  };
  /** Show a series. */
  "GET /api/v1/appointment-series/{seriesId}": {
    path: { seriesId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: Series; message: string };
  };
  /** Change this and the following appointments. */
  "PATCH /api/v1/appointment-series/{seriesId}": {
    path: { seriesId: string; };
    query: Record<string, never>;
    body: { version: number; from: string; startsAt: string; rule?: string | null; doctorId?: string | null; minutes?: number | null; skipsConflicts?: boolean | null; };
    answer: { data: Series; message: string };
  };
  /** Cancel what lies ahead of a series. */
  "POST /api/v1/appointment-series/{seriesId}/cancellation": {
    path: { seriesId: string; };
    query: Record<string, never>;
    body: { version?: number | null; };
    answer: { data: Series; message: string };
  };
  /** Show a doctor's queue of a day. */
  "GET /api/v1/doctors/{doctorId}/queue": {
    path: { doctorId: string; };
    query: { date?: string | null; };
    body: undefined;
    answer: { data: { doctorId: string; date: string; version: number; averageMinutes: number; entries: Array<{ id: string; appointmentId: string; number: number; state: "waiting" | "in_progress" | "done" | "left"; position: number; waitMinutes: number; isEmergency: boolean; joinedAt: string; }>; }; message: string };
  };
  /** Put a doctor's queue into another order. */
  "PUT /api/v1/doctors/{doctorId}/queue": {
    path: { doctorId: string; };
    query: Record<string, never>;
    body: { date?: string | null; version: number; entryIds: Array<string>; };
    answer: { data: { doctorId: string; date: string; version: number; averageMinutes: number; entries: Array<{ id: string; appointmentId: string; number: number; state: "waiting" | "in_progress" | "done" | "left"; position: number; waitMinutes: number; isEmergency: boolean; joinedAt: string; }>; }; message: string };
  };
  /** Put an emergency in front of a queue. */
  "POST /api/v1/queue-entries/{queueEntryId}/emergency": {
    path: { queueEntryId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { doctorId: string; date: string; version: number; averageMinutes: number; entries: Array<{ id: string; appointmentId: string; number: number; state: "waiting" | "in_progress" | "done" | "left"; position: number; waitMinutes: number; isEmergency: boolean; joinedAt: string; }>; }; message: string };
  };
  /** Show how somebody stands in a queue. */
  "GET /api/v1/appointments/{appointmentId}/queue-position": {
    path: { appointmentId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: { appointmentId: string; doctorId: string; date: string; entryId?: string | null; number?: number | null; state?: "waiting" | "in_progress" | "done" | "left" | null; position: number; waitMinutes: number; }; message: string };
  };
  /** Give a ticket to follow a place in a queue. */
  "POST /api/v1/appointments/{appointmentId}/queue-ticket": {
    path: { appointmentId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { place: { appointmentId: string; doctorId: string; date: string; entryId?: string | null; number?: number | null; state?: "waiting" | "in_progress" | "done" | "left" | null; position: number; waitMinutes: number; }; token: string; expiresAt: string; }; message: string };
  };
  /** Ask for a ticket to follow one's own place. */
  "POST /api/v1/my-appointments/{appointmentId}/queue-ticket": {
    path: { appointmentId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { place: { appointmentId: string; doctorId: string; date: string; entryId?: string | null; number?: number | null; state?: "waiting" | "in_progress" | "done" | "left" | null; position: number; waitMinutes: number; }; token: string; expiresAt: string; }; message: string };
  };
  /** List the queues of a day in numbers. */
  "GET /api/v1/doctor-queues": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"doctorId" | "date" | "version" | "waiting" | "inProgress" | "done" | "left" | "emergencies" | "averageWaitMinutes" | "averageVisitMinutes"> | null; date?: string | null; };
    body: undefined;
    answer: { data: Array<QueueFigures>; message: string; page: PageInfo };
  };
  /** Make a code to check in with. */
  "POST /api/v1/appointments/{appointmentId}/check-in-code": {
    path: { appointmentId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { appointmentId: string; code: string; expiresAt: string; }; message: string };
  };
  /** Ask for a code to show at the desk. */
  "POST /api/v1/my-appointments/{appointmentId}/check-in-code": {
    path: { appointmentId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { appointmentId: string; code: string; expiresAt: string; }; message: string };
  };
  /** Check somebody in by his code. */
  "POST /api/v1/check-ins": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { code: string; };
    answer: { data: Appointment; message: string };
  };
  /** Let a patient wait for a free time. */
  "POST /api/v1/waiting-list": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { patientId: string; doctorId?: string | null; service: string; minutes?: number | null; priority?: "low" | "normal" | "high" | "urgent" | null; earliest?: string | null; latest: string; };
    answer: { data: WaitingEntry; message: string };
  };
  /** List who waits for a free time. */
  "GET /api/v1/waiting-list": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "doctorId" | "service" | "minutes" | "priority" | "earliest" | "latest" | "status" | "appointmentId" | "version" | "createdAt" | "updatedAt"> | null; status?: "waiting" | "notified" | "scheduled" | "removed" | null; doctorId?: string | null; };
    body: undefined;
    answer: { data: Array<WaitingEntry>; message: string; page: PageInfo };
  };
  /** Show the waiting list in numbers. */
  "GET /api/v1/waiting-list/figures": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: { waiting: number; urgent: number; notified: number; scheduled: number; removed: number; longestWaitMinutes: number; }; message: string };
  };
  /** Change what somebody waits for. */
  "PATCH /api/v1/waiting-list/{waitingEntryId}": {
    path: { waitingEntryId: string; };
    query: Record<string, never>;
    body: { version: number; priority?: "low" | "normal" | "high" | "urgent" | null; earliest?: string | null; latest?: string | null; };
    answer: { data: WaitingEntry; message: string };
  };
  /** Take somebody off the waiting list. */
  "DELETE /api/v1/waiting-list/{waitingEntryId}": {
    path: { waitingEntryId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: WaitingEntry; message: string };
  };
  /** Take the time that is held for somebody who waits. */
  "POST /api/v1/waiting-list/{waitingEntryId}/acceptance": {
    path: { waitingEntryId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: WaitingEntry; message: string };
  };
  /** Say no to the time that is held for somebody who waits. */
  "POST /api/v1/waiting-list/{waitingEntryId}/refusal": {
    path: { waitingEntryId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: WaitingEntry; message: string };
  };
  /** Book a course of sessions. */
  "POST /api/v1/courses": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { patientId: string; doctorId: string; service: string; startsAt: string; sessions?: number | null; everyDays?: number | null; minutes?: number | null; locationId?: string | null; resourceIds?: Array<string> | null; };
    answer: { data: Course; message: string };
  };
  /** List courses of sessions. */
  "GET /api/v1/courses": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "doctorId" | "service" | "minutes" | "locationId" | "sessions" | "everyDays" | "status" | "sessionStates" | "version" | "createdAt" | "updatedAt"> | null; status?: "booking" | "booked" | "incomplete" | "completed" | "cancelled" | null; doctorId?: string | null; };
    body: undefined;
    answer: { data: Array<Course>; message: string; page: PageInfo };
  };
  /** Show a course of sessions. */
  "GET /api/v1/courses/{courseId}": {
    path: { courseId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: Course; message: string };
  };
  /** End a course of sessions. */
  "POST /api/v1/courses/{courseId}/cancellation": {
    path: { courseId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: Course; message: string };
  };
  /** Plan a further visit after an appointment. */
  "POST /api/v1/appointments/{appointmentId}/follow-ups": {
    path: { appointmentId: string; };
    query: Record<string, never>;
    body: { type: "routine" | "urgent" | "specialist" | "therapy" | "surgery"; afterDays?: number | null; note?: string | null; };
    answer: { data: FollowUp; message: string };
  };
  /** Show the types of further visits. */
  "GET /api/v1/follow-up-types": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: { types: Array<{ type: "routine" | "urgent" | "specialist" | "therapy" | "surgery"; afterDays: number; priority: "low" | "normal" | "high" | "urgent"; }>; }; message: string };
  };
  /** List plans for further visits. */
  "GET /api/v1/follow-ups": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "appointmentId" | "patientId" | "doctorId" | "type" | "afterDays" | "status" | "dueAt" | "nextAppointmentId" | "version" | "createdBy" | "createdAt" | "updatedAt"> | null; status?: "planned" | "pending" | "due" | "scheduled" | "completed" | "cancelled" | null; doctorId?: string | null; overdue?: boolean | null; };
    body: undefined;
    answer: { data: Array<FollowUp>; message: string; page: PageInfo };
  };
  /** Show a plan for a further visit. */
  "GET /api/v1/follow-ups/{followUpId}": {
    path: { followUpId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: { id: string; appointmentId: string; patientId: string; type: "routine" | "urgent" | "specialist" | "therapy" | "surgery"; status: "planned" | "pending" | "due" | "scheduled" | "completed" | "cancelled"; dueAt?: string | null; note?: string | null; }; message: string };
  };
  /** Book a further visit that was planned. */
  "POST /api/v1/follow-ups/{followUpId}/appointment": {
    path: { followUpId: string; };
    query: Record<string, never>;
    body: { startsAt: string; doctorId?: string | null; minutes?: number | null; };
    answer: { data: FollowUp; message: string };
  };
  /** Say that a further visit is done. */
  "POST /api/v1/follow-ups/{followUpId}/completion": {
    path: { followUpId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: FollowUp; message: string };
  };
  /** Take a plan for a further visit back. */
  "DELETE /api/v1/follow-ups/{followUpId}": {
    path: { followUpId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: FollowUp; message: string };
  };
  /** Book several appointments together or not at all. */
  "POST /api/v1/appointment-bundles": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { patientId: string; steps: Array<{ doctorId: string; service: string; startsAt: string; minutes?: number | null; }>; };
    answer: { data: Bundle; message: string };
  };
  /** Show how a booking of several steps stands. */
  "GET /api/v1/appointment-bundles/{bundleId}": {
    path: { bundleId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: Bundle; message: string };
  };
  /** Make a link to book by without an account. */
  "POST /api/v1/booking-links": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { doctorId: string; service: string; expiresAt?: string | null; mostBookings?: number | null; };
    answer: { data: { id: string; token: string; expiresAt: string; }; message: string };
  };
  /** List links to book by. */
  "GET /api/v1/booking-links": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "doctorId" | "service" | "expiresAt" | "revokedAt" | "bookings" | "mostBookings" | "createdBy" | "createdAt"> | null; };
    body: undefined;
    answer: { data: Array<BookingLink>; message: string; page: PageInfo };
  };
  /** Withdraw a link to book by. */
  "DELETE /api/v1/booking-links/{bookingLinkId}": {
    path: { bookingLinkId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: BookingLink; message: string };
  };
  /** Show where a link leads. */
  "POST /api/v1/public-bookings/details": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { token: string; };
    answer: { data: { hospitalName: string; doctorName?: string | null; service: string; minutes: number; expiresAt: string; }; message: string };
  };
  /** Book by a link. */
  "POST /api/v1/public-bookings": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { token: string; name: string; phone: string; email?: string | null; startsAt: string; reason?: string | null; };
    answer: { data: { status: "held" | "scheduled" | "confirmed" | "checked_in" | "in_progress" | "completed" | "cancelled" | "no_show" | "expired"; startsAt: string; endsAt: string; trackingToken: string; trackingUntil: string; }; message: string };
  };
  /** Follow what was booked by a link. */
  "POST /api/v1/public-bookings/status": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { token: string; };
    answer: { data: { status: "held" | "scheduled" | "confirmed" | "checked_in" | "in_progress" | "completed" | "cancelled" | "no_show" | "expired"; service: string; startsAt: string; endsAt: string; doctorName?: string | null; number?: number | null; position?: number | null; waitMinutes?: number | null; }; message: string };
  };
  /** Give up what was booked by a link. */
  "POST /api/v1/public-bookings/cancellation": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { token: string; };
    answer: { data: { status: "held" | "scheduled" | "confirmed" | "checked_in" | "in_progress" | "completed" | "cancelled" | "no_show" | "expired"; service: string; startsAt: string; endsAt: string; doctorName?: string | null; number?: number | null; position?: number | null; waitMinutes?: number | null; }; message: string };
  };
  /** Ask for a code to show at the desk. */
  "POST /api/v1/public-bookings/check-in-code": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { token: string; };
    answer: { data: { appointmentId: string; code: string; expiresAt: string; }; message: string };
  };
  /** Write allergy into a patient's chart. */
  "POST /api/v1/patients/{patientId}/allergies": {
    path: { patientId: string; };
    query: Record<string, never>;
    body: { substance: string; reaction?: string | null; severity: "mild" | "moderate" | "severe"; standing?: "active" | "inactive" | null; notes?: string | null; };
    answer: { data: Allergy; message: string };
  };
  /** List a patient's allergies. */
  "GET /api/v1/patients/{patientId}/allergies": {
    path: { patientId: string; };
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "substance" | "reaction" | "severity" | "standing" | "notes" | "createdBy" | "createdAt" | "updatedAt" | "version"> | null; };
    body: undefined;
    answer: { data: Array<Allergy>; message: string; page: PageInfo };
  };
  /** List one's own allergies. */
  "GET /api/v1/my-record/allergies": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "substance" | "reaction" | "severity" | "standing" | "notes" | "createdBy" | "createdAt" | "updatedAt" | "version"> | null; };
    body: undefined;
    answer: { data: Array<Allergy>; message: string; page: PageInfo };
  };
  /** Show one of a patient's allergies. */
  "GET /api/v1/patients/{patientId}/allergies/{allergyId}": {
    path: { patientId: string; allergyId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: Allergy; message: string };
  };
  /** Write one of a patient's allergies anew. */
  "PUT /api/v1/patients/{patientId}/allergies/{allergyId}": {
    path: { patientId: string; allergyId: string; };
    query: Record<string, never>;
    body: { version: number; substance: string; reaction?: string | null; severity: "mild" | "moderate" | "severe"; standing?: "active" | "inactive" | null; notes?: string | null; };
    answer: { data: Allergy; message: string };
  };
  /** Take one of a patient's allergies out. */
  "DELETE /api/v1/patients/{patientId}/allergies/{allergyId}": {
    path: { patientId: string; allergyId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: Allergy; message: string };
  };
  /** Write medical record into a patient's chart. */
  "POST /api/v1/patients/{patientId}/records": {
    path: { patientId: string; };
    query: Record<string, never>;
    body: { recordType: "history" | "diagnosis" | "procedure" | "surgery" | "immunization" | "medication" | "family" | "social"; title: string; code?: string | null; description?: string | null; occurredOn?: string | null; };
    answer: { data: MedicalRecord; message: string };
  };
  /** List a patient's medical records. */
  "GET /api/v1/patients/{patientId}/records": {
    path: { patientId: string; };
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "recordType" | "title" | "code" | "description" | "occurredOn" | "createdBy" | "createdAt" | "updatedAt" | "version"> | null; };
    body: undefined;
    answer: { data: Array<MedicalRecord>; message: string; page: PageInfo };
  };
  /** List one's own medical records. */
  "GET /api/v1/my-record/records": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "recordType" | "title" | "code" | "description" | "occurredOn" | "createdBy" | "createdAt" | "updatedAt" | "version"> | null; };
    body: undefined;
    answer: { data: Array<MedicalRecord>; message: string; page: PageInfo };
  };
  /** Show one of a patient's medical records. */
  "GET /api/v1/patients/{patientId}/records/{recordId}": {
    path: { patientId: string; recordId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: MedicalRecord; message: string };
  };
  /** Write one of a patient's medical records anew. */
  "PUT /api/v1/patients/{patientId}/records/{recordId}": {
    path: { patientId: string; recordId: string; };
    query: Record<string, never>;
    body: { version: number; recordType: "history" | "diagnosis" | "procedure" | "surgery" | "immunization" | "medication" | "family" | "social"; title: string; code?: string | null; description?: string | null; occurredOn?: string | null; };
    answer: { data: MedicalRecord; message: string };
  };
  /** Take one of a patient's medical records out. */
  "DELETE /api/v1/patients/{patientId}/records/{recordId}": {
    path: { patientId: string; recordId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: MedicalRecord; message: string };
  };
  /** Write lab report into a patient's chart. */
  "POST /api/v1/patients/{patientId}/lab-reports": {
    path: { patientId: string; };
    query: Record<string, never>;
    body: { test: string; code?: string | null; value: string; unit?: string | null; referenceRange?: string | null; flag?: "normal" | "low" | "high" | "abnormal" | "critical" | null; takenAt: string; notes?: string | null; };
    answer: { data: LabReport; message: string };
  };
  /** List a patient's lab reports. */
  "GET /api/v1/patients/{patientId}/lab-reports": {
    path: { patientId: string; };
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "test" | "code" | "value" | "unit" | "referenceRange" | "flag" | "takenAt" | "notes" | "createdBy" | "createdAt" | "updatedAt" | "version"> | null; };
    body: undefined;
    answer: { data: Array<LabReport>; message: string; page: PageInfo };
  };
  /** List one's own lab reports. */
  "GET /api/v1/my-record/lab-reports": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "test" | "code" | "value" | "unit" | "referenceRange" | "flag" | "takenAt" | "notes" | "createdBy" | "createdAt" | "updatedAt" | "version"> | null; };
    body: undefined;
    answer: { data: Array<LabReport>; message: string; page: PageInfo };
  };
  /** Show one of a patient's lab reports. */
  "GET /api/v1/patients/{patientId}/lab-reports/{labReportId}": {
    path: { patientId: string; labReportId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: LabReport; message: string };
  };
  /** Write one of a patient's lab reports anew. */
  "PUT /api/v1/patients/{patientId}/lab-reports/{labReportId}": {
    path: { patientId: string; labReportId: string; };
    query: Record<string, never>;
    body: { version: number; test: string; code?: string | null; value: string; unit?: string | null; referenceRange?: string | null; flag?: "normal" | "low" | "high" | "abnormal" | "critical" | null; takenAt: string; notes?: string | null; };
    answer: { data: LabReport; message: string };
  };
  /** Take one of a patient's lab reports out. */
  "DELETE /api/v1/patients/{patientId}/lab-reports/{labReportId}": {
    path: { patientId: string; labReportId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: LabReport; message: string };
  };
  /** Write imaging report into a patient's chart. */
  "POST /api/v1/patients/{patientId}/imaging-reports": {
    path: { patientId: string; };
    query: Record<string, never>;
    body: { modality: "xray" | "ct" | "mri" | "ultrasound" | "mammography" | "nuclear" | "other"; bodyPart: string; findings: string; impression?: string | null; takenAt: string; };
    answer: { data: ImagingReport; message: string };
  };
  /** List a patient's imaging reports. */
  "GET /api/v1/patients/{patientId}/imaging-reports": {
    path: { patientId: string; };
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "modality" | "bodyPart" | "findings" | "impression" | "takenAt" | "createdBy" | "createdAt" | "updatedAt" | "version"> | null; };
    body: undefined;
    answer: { data: Array<ImagingReport>; message: string; page: PageInfo };
  };
  /** List one's own imaging reports. */
  "GET /api/v1/my-record/imaging-reports": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "modality" | "bodyPart" | "findings" | "impression" | "takenAt" | "createdBy" | "createdAt" | "updatedAt" | "version"> | null; };
    body: undefined;
    answer: { data: Array<ImagingReport>; message: string; page: PageInfo };
  };
  /** Show one of a patient's imaging reports. */
  "GET /api/v1/patients/{patientId}/imaging-reports/{imagingReportId}": {
    path: { patientId: string; imagingReportId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: ImagingReport; message: string };
  };
  /** Write one of a patient's imaging reports anew. */
  "PUT /api/v1/patients/{patientId}/imaging-reports/{imagingReportId}": {
    path: { patientId: string; imagingReportId: string; };
    query: Record<string, never>;
    body: { version: number; modality: "xray" | "ct" | "mri" | "ultrasound" | "mammography" | "nuclear" | "other"; bodyPart: string; findings: string; impression?: string | null; takenAt: string; };
    answer: { data: ImagingReport; message: string };
  };
  /** Take one of a patient's imaging reports out. */
  "DELETE /api/v1/patients/{patientId}/imaging-reports/{imagingReportId}": {
    path: { patientId: string; imagingReportId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: ImagingReport; message: string };
  };
  /** Find a doctor. */
  "GET /api/v1/doctors/search": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "name" | "departmentId" | "specialization" | "qualification" | "experienceYears" | "bio" | "rating" | "ratings" | "feeMinor" | "isAvailable" | "isOnDuty"> | null; search?: string | null; specialization?: string | null; city?: string | null; departmentId?: string | null; locationId?: string | null; minRating?: number | null; minExperienceYears?: number | null; maxFeeMinor?: number | null; isAvailable?: boolean | null; };
    body: undefined;
    answer: { data: Array<DoctorListing>; message: string; page: PageInfo };
  };
  /** Show a doctor to patients. */
  "GET /api/v1/doctors/{userId}/profile": {
    path: { userId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: DoctorListing; message: string };
  };
  /** Rate a visit of one's own. */
  "PUT /api/v1/appointments/{appointmentId}/rating": {
    path: { appointmentId: string; };
    query: Record<string, never>;
    body: { score: number; };
    answer: { data: DoctorListing; message: string };
  };
  /** Book a consultation for oneself. */
  "POST /api/v1/consultations": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { doctorId: string; scheduledAt: string; type: "in_person" | "video" | "audio" | "chat"; symptoms?: string | null; payment?: "online" | "desk" | null; };
    answer: { data: Consultation; message: string };
  };
  /** Get the address of a video visit. */
  "POST /api/v1/consultations/{consultationId}/visit-link": {
    path: { consultationId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { url: string; opensAt: string; expiresAt: string; }; message: string };
  };
  /** Show a consultation. */
  "GET /api/v1/consultations/{consultationId}": {
    path: { consultationId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: Consultation; message: string };
  };
  /** List one's own consultations. */
  "GET /api/v1/consultations": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "patientId" | "doctorId" | "doctorName" | "scheduledAt" | "endsAt" | "type" | "status" | "symptoms" | "feeMinor" | "currency" | "startedAt" | "endedAt" | "cancelReason" | "createdAt" | "updatedAt" | "version"> | null; status?: Array<"held" | "scheduled" | "confirmed" | "checked_in" | "in_progress" | "completed" | "cancelled" | "no_show" | "expired"> | null; };
    body: undefined;
    answer: { data: Array<Consultation>; message: string; page: PageInfo };
  };
  /** Carry a consultation on. */
  "PUT /api/v1/consultations/{consultationId}/status": {
    path: { consultationId: string; };
    query: Record<string, never>;
    body: { status: "confirmed" | "in_progress" | "completed" | "no_show" | "cancelled"; reason?: string | null; version?: number | null; };
    answer: { data: Consultation; message: string };
  };
  /** Cancel a consultation of one's own. */
  "POST /api/v1/consultations/{consultationId}/cancellation": {
    path: { consultationId: string; };
    query: Record<string, never>;
    body: { reason?: string | null; };
    answer: { data: Consultation; message: string };
  };
  /** Note what happened at a visit. */
  "POST /api/v1/appointments/{appointmentId}/notes": {
    path: { appointmentId: string; };
    query: Record<string, never>;
    body: { text: string; diagnosis?: string | null; };
    answer: { data: VisitNote; message: string };
  };
  /** Amend a note of a visit. */
  "POST /api/v1/appointments/{appointmentId}/notes/{noteId}/amendments": {
    path: { appointmentId: string; noteId: string; };
    query: Record<string, never>;
    body: { text: string; diagnosis?: string | null; reason: string; };
    answer: { data: VisitNote; message: string };
  };
  /** List the notes of a visit. */
  "GET /api/v1/appointments/{appointmentId}/notes": {
    path: { appointmentId: string; };
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "appointmentId" | "patientId" | "authorId" | "amends" | "text" | "diagnosis" | "reason" | "createdAt"> | null; };
    body: undefined;
    answer: { data: Array<VisitNote>; message: string; page: PageInfo };
  };
  /** Prescribe after a visit. */
  "POST /api/v1/prescriptions": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { appointmentId: string; medications: Array<{ name: string; dosage: string; frequency: string; duration: string; instructions?: string | null; }>; instructions?: string | null; followUpDate?: string | null; overrideReason?: string | null; };
    answer: { data: Prescription; message: string };
  };
  /** Show a prescription. */
  "GET /api/v1/prescriptions/{prescriptionId}": {
    path: { prescriptionId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: Prescription; message: string };
  };
  /** List a patient's prescriptions. */
  "GET /api/v1/patients/{patientId}/prescriptions": {
    path: { patientId: string; };
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "appointmentId" | "patientId" | "doctorId" | "doctorName" | "status" | "medications" | "instructions" | "followUpDate" | "warnings" | "overrideReason" | "verificationCode" | "dispensedAt" | "dispensedBy" | "createdAt" | "endedAt" | "version"> | null; };
    body: undefined;
    answer: { data: Array<Prescription>; message: string; page: PageInfo };
  };
  /** List one's own prescriptions. */
  "GET /api/v1/my-record/prescriptions": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "appointmentId" | "patientId" | "doctorId" | "doctorName" | "status" | "medications" | "instructions" | "followUpDate" | "warnings" | "overrideReason" | "verificationCode" | "dispensedAt" | "dispensedBy" | "createdAt" | "endedAt" | "version"> | null; };
    body: undefined;
    answer: { data: Array<Prescription>; message: string; page: PageInfo };
  };
  /** Take a prescription back. */
  "POST /api/v1/prescriptions/{prescriptionId}/cancellation": {
    path: { prescriptionId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: Prescription; message: string };
  };
  /** Open the prescription that a patient presents. */
  "POST /api/v1/prescription-presentations": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { code: string; };
    answer: { data: PresentedPrescription; message: string };
  };
  /** Note that prescribed drugs were given out. */
  "POST /api/v1/prescriptions/{prescriptionId}/dispensation": {
    path: { prescriptionId: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: Prescription; message: string };
  };
  /** Show a prescription as a page to print. */
  "GET /api/v1/prescriptions/{prescriptionId}/page": {
    path: { prescriptionId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: { html: string; }; message: string };
  };
  /** Show one's own prescription as a page to print. */
  "GET /api/v1/my-record/prescriptions/{prescriptionId}/page": {
    path: { prescriptionId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: { html: string; }; message: string };
  };
  /** Ask whether a printed prescription is genuine. */
  "POST /api/v1/prescription-verifications": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { code: string; };
    answer: { data: GenuinePrescription; message: string };
  };
  /** List the plans on offer. */
  "GET /api/v1/subscription-plans": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"planCode" | "name" | "description" | "pricing" | "maxDoctors" | "currency" | "monthlyPriceMinor" | "yearlyPriceMinor" | "yearlyDiscountPoints" | "volumeDiscounts" | "feePoints" | "taxPoints" | "features" | "isActive" | "version"> | null; };
    body: undefined;
    answer: { data: Array<Plan>; message: string; page: PageInfo };
  };
  /** Add a plan. */
  "POST /api/v1/subscription-plans": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { planCode: string; name: string; description?: string | null; pricing: "flat" | "per_doctor"; maxDoctors: number; currency: "AED" | "AFN" | "ALL" | "AMD" | "ANG" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BGN" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHF" | "CLP" | "CNY" | "COP" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "UYU" | "UYW" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAF" | "XCD" | "XOF" | "XPF" | "YER" | "ZAR" | "ZMW"; monthlyPriceMinor: number; yearlyPriceMinor?: number | null; yearlyDiscountPoints?: number | null; volumeDiscounts?: Array<{ fromDoctors: number; points: number; }> | null; feePoints?: number | null; taxPoints?: number | null; features?: Array<string> | null; };
    answer: { data: Plan; message: string };
  };
  /** Change a plan. */
  "PUT /api/v1/subscription-plans/{planCode}": {
    path: { planCode: string; };
    query: Record<string, never>;
    body: { version: number; name?: string | null; description?: string | null; maxDoctors?: number | null; monthlyPriceMinor?: number | null; yearlyPriceMinor?: number | null; yearlyDiscountPoints?: number | null; volumeDiscounts?: Array<{ fromDoctors: number; points: number; }> | null; feePoints?: number | null; taxPoints?: number | null; features?: Array<string> | null; isActive?: boolean | null; };
    answer: { data: Plan; message: string };
  };
  /** Take a plan off the list. */
  "DELETE /api/v1/subscription-plans/{planCode}": {
    path: { planCode: string; };
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: Plan; message: string };
  };
  /** Subscribe the hospital to a plan. */
  "POST /api/v1/subscriptions": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: { planCode: string; cycle: "monthly" | "yearly"; doctors?: number | null; };
    answer: { data: Subscription; message: string };
  };
  /** Show the hospital's subscription. */
  "GET /api/v1/subscription": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: Subscription; message: string };
  };
  /** List the hospital's subscriptions. */
  "GET /api/v1/subscriptions": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "planCode" | "status" | "cycle" | "doctors" | "currency" | "netMinor" | "creditMinor" | "feeMinor" | "taxMinor" | "totalMinor" | "startsAt" | "endsAt" | "cancelledAt" | "version" | "createdAt"> | null; };
    body: undefined;
    answer: { data: Array<Subscription>; message: string; page: PageInfo };
  };
  /** Reckon what a subscription costs. */
  "GET /api/v1/subscription/quote": {
    path: Record<string, never>;
    query: { planCode: string; cycle: "monthly" | "yearly"; doctors?: number | null; };
    body: undefined;
    answer: { data: { planCode: string; cycle: "monthly" | "yearly"; doctors: number; currency: "AED" | "AFN" | "ALL" | "AMD" | "ANG" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BGN" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHF" | "CLP" | "CNY" | "COP" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "UYU" | "UYW" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAF" | "XCD" | "XOF" | "XPF" | "YER" | "ZAR" | "ZMW"; baseMinor: number; volumeDiscountMinor: number; yearlyDiscountMinor: number; netMinor: number; creditMinor: number; feeMinor: number; taxMinor: number; totalMinor: number; }; message: string };
  };
  /** Cancel a subscription. */
  "POST /api/v1/subscriptions/{subscriptionId}/cancellation": {
    path: { subscriptionId: string; };
    query: Record<string, never>;
    body: { version: number; };
    answer: { data: Subscription; message: string };
  };
  /** List payments. */
  "GET /api/v1/payments": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "appointmentId" | "subscriptionId" | "amountMinor" | "currency" | "status" | "provider" | "method" | "providerRef" | "transactionId" | "failure" | "receiptNumber" | "paidAt" | "refundedAt" | "version" | "createdAt"> | null; status?: "pending" | "processing" | "completed" | "failed" | "refunded" | null; };
    body: undefined;
    answer: { data: Array<Payment>; message: string; page: PageInfo };
  };
  /** Show a payment. */
  "GET /api/v1/payments/{paymentId}": {
    path: { paymentId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: Payment; message: string };
  };
  /** List what was done about a payment. */
  "GET /api/v1/payments/{paymentId}/steps": {
    path: { paymentId: string; };
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"step" | "outcome" | "at"> | null; };
    body: undefined;
    answer: { data: Array<PaymentStep>; message: string; page: PageInfo };
  };
  /** List one's own payments. */
  "GET /api/v1/my-payments": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "appointmentId" | "subscriptionId" | "amountMinor" | "currency" | "status" | "provider" | "method" | "providerRef" | "transactionId" | "failure" | "receiptNumber" | "paidAt" | "refundedAt" | "version" | "createdAt"> | null; };
    body: undefined;
    answer: { data: Array<Payment>; message: string; page: PageInfo };
  };
  /** Show a receipt. */
  "GET /api/v1/payments/{paymentId}/receipt": {
    path: { paymentId: string; };
    query: Record<string, never>;
    body: undefined;
    answer: { data: { number: string; hospital: string; amount: string; amountMinor: number; currency: "AED" | "AFN" | "ALL" | "AMD" | "ANG" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BGN" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHF" | "CLP" | "CNY" | "COP" | "CRC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "UYU" | "UYW" | "UZS" | "VED" | "VES" | "VND" | "VUV" | "WST" | "XAF" | "XCD" | "XOF" | "XPF" | "YER" | "ZAR" | "ZMW"; paidAt: string; refundedAt?: string | null; }; message: string };
  };
  /** Pay by the payment service. */
  "POST /api/v1/payments/{paymentId}/charge": {
    path: { paymentId: string; };
    query: Record<string, never>;
    body: { transactionId: string; paymentMethod?: string | null; };
    answer: { data: Payment; message: string };
  };
  /** Pay for one's own appointment. */
  "POST /api/v1/my-payments/{paymentId}/charge": {
    path: { paymentId: string; };
    query: Record<string, never>;
    body: { transactionId: string; paymentMethod?: string | null; };
    answer: { data: Payment; message: string };
  };
  /** Take a payment at the desk. */
  "POST /api/v1/payments/{paymentId}/receipt": {
    path: { paymentId: string; };
    query: Record<string, never>;
    body: { method: "cash" | "upi" | "card" | "bank"; amountMinor: number; transactionId?: string | null; };
    answer: { data: Payment; message: string };
  };
  /** Pay a payment back. */
  "POST /api/v1/payments/{paymentId}/refund": {
    path: { paymentId: string; };
    query: Record<string, never>;
    body: { version: number; };
    answer: { data: Payment; message: string };
  };
  /** Prove that an order was paid. */
  "POST /api/v1/my-payments/{paymentId}/verification": {
    path: { paymentId: string; };
    query: Record<string, never>;
    body: { orderId: string; servicePaymentId: string; signature: string; };
    answer: { data: Payment; message: string };
  };
  /** Check a file before it is imported. */
  "POST /api/v1/imports/{kind}/check": {
    path: { kind: "staff" | "rooms" | "patients" | "appointments"; };
    query: Record<string, never>;
    body: { csv: string; };
    answer: { data: { kind: "staff" | "rooms" | "patients" | "appointments"; lines: number; valid: number; imported: number; problems: Array<{ line: number; column: string | null; message: string; rule: string; }>; }; message: string };
  };
  /** Import a file. */
  "POST /api/v1/imports/{kind}": {
    path: { kind: "staff" | "rooms" | "patients" | "appointments"; };
    query: Record<string, never>;
    body: { csv: string; };
    answer: { data: { kind: "staff" | "rooms" | "patients" | "appointments"; lines: number; valid: number; imported: number; problems: Array<{ line: number; column: string | null; message: string; rule: string; }>; }; message: string };
  };
  /** List who is connected to this node: since when, from where, with what. */
  "GET /api/v1/connections": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"id" | "transport" | "connectedAt" | "address" | "userAgent" | "userId" | "name"> | null; };
    body: undefined;
    answer: { data: Array<Connection>; message: string; page: PageInfo };
  };
  /** List who is connected to any node: since when and with how many sockets and streams. */
  "GET /api/v1/presence": {
    path: Record<string, never>;
    query: { limit?: number | null; page?: number | null; offset?: number | null; cursor?: string | null; fields?: Array<"userId" | "name" | "since" | "connections" | "nodes"> | null; };
    body: undefined;
    answer: { data: Array<Presence>; message: string; page: PageInfo };
  };
  /** Show what this node keeps and how often that helped. */
  "GET /api/v1/cache": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: CacheFigures; message: string };
  };
  /** Forget all kept answers of the hospital. */
  "POST /api/v1/cache-clearings": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: Record<string, never>;
    answer: { data: { done: boolean; }; message: string };
  };
  /** How the broker is: each queue's binding, depth and live consumers, and the channels of this node. */
  "GET /api/v1/system/broker": {
    path: Record<string, never>;
    query: Record<string, never>;
    body: undefined;
    answer: { data: Broker; message: string };
  };
}

export type WardRouter = keyof WardProcedures;

/** The input of a procedure: `WardInput<"alerts", "create">`. */
export type WardInput<R extends WardRouter, P extends keyof WardProcedures[R]> =
  WardProcedures[R][P] extends { input: infer Input } ? Input : never;

/** The output of a procedure. */
export type WardOutput<R extends WardRouter, P extends keyof WardProcedures[R]> =
  WardProcedures[R][P] extends { output: infer Output } ? Output : never;

/** With `fields` in the input, items have these fields only. */
type Narrowed<Output, Input> = Input extends { fields: ReadonlyArray<infer Name> }
  ? Output extends Page<infer Item>
    ? Page<Pick<Item, Name & keyof Item>>
    : Output extends { users: Array<infer Item> }
      ? Omit<Output, "users"> & { users: Array<Pick<Item, Name & keyof Item>> }
      : Output
  : Output;

type Call<P> = P extends { type: "query"; input: infer Input; output: infer Output }
  ? { query<I extends Input>(...input: void extends Input ? [input?: I] : [input: I]): Promise<Narrowed<Output, I>> }
  : P extends { type: "mutation"; input: infer Input; output: infer Output }
    ? { mutate(...input: void extends Input ? [input?: Input] : [input: Input]): Promise<Output> }
    : P extends { type: "subscription"; input: infer Input; output: infer Output }
      ? {
          subscribe(
            input: Input,
            callbacks: { onData(message: Output): void; onError?(error: unknown): void; onComplete?(): void },
          ): { unsubscribe(): void };
        }
      : never;

/** A client of `/api/trpc`; `createTRPCClient` of @trpc/client 11 makes one: `createTRPCClient(…) as unknown as WardClient`. */
export type WardClient = { [R in WardRouter]: { [P in keyof WardProcedures[R]]: Call<WardProcedures[R][P]> } };
