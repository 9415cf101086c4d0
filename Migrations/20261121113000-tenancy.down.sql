-- Why: takes organisations that move in by themselves, their places and granted roles back. What was written there goes.

DROP FUNCTION ward.role_grants_of(bytea);
DROP FUNCTION ward.create_organization(uuid, text, text, text, uuid, text, text, text, text);
DROP FUNCTION ward.add_hospital(uuid, text, text, text, text);
DROP FUNCTION ward.update_organization(text, text, text, text, text, text, text, text, text);
DROP FUNCTION ward.set_default_hospital(uuid);
DROP FUNCTION ward.invitation_of(bytea);
DROP FUNCTION ward.accept_invitation(bytea);
DROP FUNCTION ward.use_join_code(text);
DROP FUNCTION ward.ask_to_join(uuid, text, text, text);
DROP FUNCTION ward.my_join_requests();
DROP FUNCTION ward.cancel_join_request(uuid);
DROP FUNCTION ward.join_requests_here();
DROP FUNCTION ward.hospital_named(text);
DROP FUNCTION ward.furnish_hospital(uuid);
DROP FUNCTION ward.is_time_zone(text);
DROP FUNCTION ward.me();
DROP TABLE ward.hospital_edits, ward.role_grants, ward.join_requests, ward.join_codes, ward.invitations, ward.rooms;
ALTER TABLE ward.departments DROP COLUMN location_id, DROP COLUMN version;
DROP TABLE ward.locations;
ALTER TABLE ward.hospitals
  DROP COLUMN license_number, DROP COLUMN tax_number, DROP COLUMN email, DROP COLUMN phone, DROP COLUMN address,
  DROP COLUMN IF EXISTS idle_minutes, DROP COLUMN IF EXISTS restrict_records;
ALTER TABLE ward.organizations
  DROP COLUMN kind, DROP COLUMN size, DROP COLUMN industry, DROP COLUMN website, DROP COLUMN description,
  DROP COLUMN email, DROP COLUMN phone, DROP COLUMN address, DROP COLUMN default_hospital_id;
