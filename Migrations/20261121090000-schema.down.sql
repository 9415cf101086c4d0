-- Why: takes the ground away again; the roles stay, since other databases of the cluster may use them.
DROP TABLE ward.screens, ward.patients, ward.memberships, ward.sessions, ward.credentials, ward.users,
  ward.departments, ward.hospitals, ward.organizations CASCADE;
DROP FUNCTION ward.password_of(text), ward.bearer_of(bytea), ward.tell_identity_changed(),
  ward.tell_hospital_changed(), ward.touch(), ward.now();
REVOKE USAGE ON SCHEMA ward FROM ward_serving, ward_engine;
