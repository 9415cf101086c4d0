-- Why: a hospital edits its own catalogue of alert types and its own ladders, keeps templates of alerts, and asks how
-- often its people are interrupted: each page with its moment, and who was on duty from when to when.
-- Safe while a previous version serves: columns with defaults, new tables, and triggers which write them whoever serves.

ALTER TABLE ward.alert_types ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE ward.escalation_ladders ADD COLUMN version integer NOT NULL DEFAULT 1;
GRANT INSERT, UPDATE ON ward.alert_types TO ward_serving;
GRANT INSERT, UPDATE, DELETE ON ward.escalation_ladders TO ward_serving;

CREATE TABLE ward.alert_templates (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  alert_type text NOT NULL,
  urgency smallint NOT NULL CHECK (urgency BETWEEN 1 AND 5),
  default_description text CHECK (length(default_description) BETWEEN 1 AND 500),
  department_id uuid,
  icon text CHECK (length(icon) BETWEEN 1 AND 10),
  color text CHECK (color ~ '^#[0-9A-F]{6}$'),
  is_active boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, department_id) REFERENCES ward.departments (hospital_id, id),
  FOREIGN KEY (hospital_id, alert_type) REFERENCES ward.alert_types (hospital_id, code)
);
CREATE UNIQUE INDEX alert_templates_name ON ward.alert_templates (hospital_id, name) WHERE is_active;

-- From when to when somebody was on duty, and where. The row of a shift that lasts has no end.
CREATE TABLE ward.duty_periods (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  id uuid NOT NULL,
  user_id uuid NOT NULL REFERENCES ward.users (id),
  department_id uuid,
  started_at timestamptz NOT NULL,
  ended_at timestamptz CHECK (ended_at >= started_at),
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, department_id) REFERENCES ward.departments (hospital_id, id)
);
CREATE UNIQUE INDEX duty_periods_open ON ward.duty_periods (hospital_id, user_id) WHERE ended_at IS NULL;
CREATE INDEX duty_periods_started ON ward.duty_periods (hospital_id, started_at);

-- Each page to each person, repetitions too: alert_pages holds only the last of them.
CREATE TABLE ward.alert_interruptions (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  alert_id uuid NOT NULL,
  user_id uuid NOT NULL REFERENCES ward.users (id),
  -- The person's at that moment: a unit's figure counts what its own people are disturbed by.
  department_id uuid,
  paged_at timestamptz NOT NULL,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, alert_id) REFERENCES ward.alerts (hospital_id, id)
);
CREATE INDEX alert_interruptions_paged ON ward.alert_interruptions (hospital_id, paged_at);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['alert_templates', 'duty_periods', 'alert_interruptions']
  LOOP
    EXECUTE format('ALTER TABLE ward.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE ward.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($policy$CREATE POLICY tenant ON ward.%I TO ward_serving
      USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid)$policy$, name);
    EXECUTE format('CREATE POLICY owner ON ward.%I TO CURRENT_USER USING (true)', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON ward.alert_templates, ward.duty_periods TO ward_serving;
GRANT SELECT, INSERT ON ward.alert_interruptions TO ward_serving;

-- What is known of the time before: the shifts that last, and the last page of each person.
INSERT INTO ward.duty_periods (hospital_id, id, user_id, department_id, started_at)
SELECT hospital_id, gen_random_uuid(), user_id, department_id, shift_started_at
FROM ward.memberships WHERE is_on_duty;
INSERT INTO ward.alert_interruptions (hospital_id, id, alert_id, user_id, department_id, paged_at)
SELECT p.hospital_id, gen_random_uuid(), p.alert_id, p.user_id, m.department_id, p.paged_at
FROM ward.alert_pages p JOIN ward.memberships m USING (hospital_id, user_id);

-- A trigger and no statement of SetDuty: duty also ends where a person is deactivated, and moves with the department.
CREATE FUNCTION ward.note_duty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.is_on_duty = NEW.is_on_duty
    AND OLD.department_id IS NOT DISTINCT FROM NEW.department_id THEN
    RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.is_on_duty THEN
    UPDATE ward.duty_periods SET ended_at = GREATEST(started_at, ward.now())
    WHERE hospital_id = NEW.hospital_id AND user_id = NEW.user_id AND ended_at IS NULL;
  END IF;
  IF NEW.is_on_duty THEN
    INSERT INTO ward.duty_periods (hospital_id, id, user_id, department_id, started_at)
    VALUES (NEW.hospital_id, gen_random_uuid(), NEW.user_id, NEW.department_id,
      CASE WHEN TG_OP = 'UPDATE' AND OLD.is_on_duty THEN ward.now() ELSE NEW.shift_started_at END);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER note_duty_added AFTER INSERT ON ward.memberships FOR EACH ROW EXECUTE FUNCTION ward.note_duty();
CREATE TRIGGER note_duty AFTER UPDATE OF is_on_duty, department_id ON ward.memberships
  FOR EACH ROW EXECUTE FUNCTION ward.note_duty();

-- A trigger, so that no way of paging is forgotten: a tier, a repetition, a missing role.
CREATE FUNCTION ward.note_interruptions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ward.alert_interruptions (hospital_id, id, alert_id, user_id, department_id, paged_at)
  SELECT p.hospital_id, gen_random_uuid(), p.alert_id, p.user_id, m.department_id, p.paged_at
  FROM paged p JOIN ward.memberships m ON m.hospital_id = p.hospital_id AND m.user_id = p.user_id;
  RETURN NULL;
END $$;
CREATE TRIGGER note_interruptions_added AFTER INSERT ON ward.alert_pages
  REFERENCING NEW TABLE AS paged FOR EACH STATEMENT EXECUTE FUNCTION ward.note_interruptions();
-- A transition table cannot be had for some columns only: declining changes no paged_at and is left out by it.
CREATE FUNCTION ward.note_repetitions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ward.alert_interruptions (hospital_id, id, alert_id, user_id, department_id, paged_at)
  SELECT p.hospital_id, gen_random_uuid(), p.alert_id, p.user_id, m.department_id, p.paged_at
  FROM paged p JOIN before b USING (hospital_id, alert_id, tier, user_id)
  JOIN ward.memberships m ON m.hospital_id = p.hospital_id AND m.user_id = p.user_id
  WHERE p.times > b.times;
  RETURN NULL;
END $$;
CREATE TRIGGER note_interruptions AFTER UPDATE ON ward.alert_pages
  REFERENCING OLD TABLE AS before NEW TABLE AS paged FOR EACH STATEMENT EXECUTE FUNCTION ward.note_repetitions();
