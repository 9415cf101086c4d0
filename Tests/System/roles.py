"""The roles by short names, and the sets of them that the grid is written in."""

SUPER, SYSTEM, GROUP, ADMIN = "super_admin", "system_admin", "organization_admin", "hospital_admin"
MANAGER, SUPPORT, OPERATOR, NURSE, DOCTOR, HEAD = "manager", "support", "operator", "nurse", "doctor", "head_doctor"
PHARMACIST, LAB, RADIOLOGIST = "pharmacist", "lab_technician", "radiologist"
RECEPTIONIST, ASSISTANT, BILLING = "receptionist", "medical_assistant", "billing_specialist"
AUDITOR, COMPLIANCE, ANALYST, PATIENT = "auditor", "compliance_officer", "data_analyst", "patient"

ROLES = (
    SUPER, SYSTEM, GROUP, ADMIN, MANAGER, SUPPORT, OPERATOR, NURSE, DOCTOR, HEAD, PHARMACIST, LAB, RADIOLOGIST,
    RECEPTIONIST, ASSISTANT, BILLING, AUDITOR, COMPLIANCE, ANALYST, PATIENT)

EVERYBODY = set(ROLES)
STAFF = EVERYBODY - {PATIENT}
ADMINS = {SUPER, GROUP, ADMIN}
DOCTORS = ADMINS | {DOCTOR, HEAD}
HEADS = ADMINS | {HEAD}
CLINICIANS = DOCTORS | {NURSE}
# 0: operatorProcedure is who may create alerts; healthcareProcedure is who may answer them (the administrator too: that
# he was left out is a defect of the original).
CALLERS = CLINICIANS | {OPERATOR}
WATCHERS = CALLERS | {MANAGER, ASSISTANT}
ON_DUTY = CALLERS | {PHARMACIST, LAB, RADIOLOGIST, ASSISTANT}
# Who sees plans, and who makes them.
SCHEDULED = ON_DUTY | {MANAGER, RECEPTIONIST}
PLANNERS = HEADS | {MANAGER}
CARE = CLINICIANS | {PHARMACIST, LAB, RADIOLOGIST, RECEPTIONIST, ASSISTANT}
