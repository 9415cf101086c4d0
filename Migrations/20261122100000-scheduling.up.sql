-- Why: who is booked when, and never two at once. What is taken stands in one unpartitioned table with the constraint;
-- appointments and what happened to them are tables of their own, by year. Their ids hold the time (UUIDv7), so the years
-- are ranges of ids and the key stays (hospital_id, id) (Docs/adr/0006).
-- Safe while a previous version serves: it only adds.

-- What can be taken: a doctor's time, a room, a device. A doctor's is made when it is first needed.
CREATE TABLE ward.resources (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('doctor', 'room', 'equipment')),
  user_id uuid,
  name text CHECK (length(name) BETWEEN 1 AND 100),
  location_id uuid,
  -- So many at once: each takes a seat of its own.
  capacity smallint NOT NULL DEFAULT 1 CHECK (capacity BETWEEN 1 AND 99),
  average_minutes smallint NOT NULL DEFAULT 15 CHECK (average_minutes BETWEEN 5 AND 480),
  -- Minor units of the hospital's currency; null: not said.
  fee_minor bigint CHECK (fee_minor BETWEEN 0 AND 100000000000),
  is_active boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  UNIQUE (hospital_id, user_id),
  FOREIGN KEY (hospital_id, user_id) REFERENCES ward.memberships (hospital_id, user_id),
  FOREIGN KEY (hospital_id, location_id) REFERENCES ward.locations (hospital_id, id),
  CHECK ((kind = 'doctor') = (user_id IS NOT NULL)),
  CHECK (kind = 'doctor' OR name IS NOT NULL)
);
CREATE INDEX resources_list ON ward.resources (hospital_id, kind, name, id);
CREATE TRIGGER touch BEFORE UPDATE ON ward.resources FOR EACH ROW EXECUTE FUNCTION ward.touch();

-- When a resource usually works, in the wall clock of its location's or else its hospital's time zone.
CREATE TABLE ward.working_hours (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  resource_id uuid NOT NULL,
  location_id uuid,
  -- 1 is Monday, 7 is Sunday (ISO 8601).
  weekday smallint NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  starts_at time NOT NULL,
  -- 24:00 is the end of the day.
  ends_at time NOT NULL,
  valid_from date NOT NULL DEFAULT '0001-01-01',
  valid_until date NOT NULL DEFAULT '9999-12-31',
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, resource_id) REFERENCES ward.resources (hospital_id, id),
  FOREIGN KEY (hospital_id, location_id) REFERENCES ward.locations (hospital_id, id),
  CHECK (ends_at > starts_at),
  CHECK (valid_until >= valid_from),
  CONSTRAINT working_hours_apart EXCLUDE USING gist (
    hospital_id WITH =, resource_id WITH =, weekday WITH =,
    tsrange(date '2000-01-01' + starts_at, date '2000-01-01' + ends_at) WITH &&,
    daterange(valid_from, valid_until, '[]') WITH &&)
);

CREATE TABLE ward.appointments (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  patient_id uuid NOT NULL,
  -- The person, not the resource.
  doctor_id uuid NOT NULL,
  location_id uuid,
  -- A plugin's service, `general-consultation`.
  service text NOT NULL CHECK (length(service) BETWEEN 1 AND 50),
  medium text NOT NULL CHECK (medium IN ('in_person', 'video', 'audio', 'chat')),
  priority text NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
  -- held: waits for its payment or a yes, until hold_ends_at.
  status text NOT NULL CHECK (status IN (
    'held', 'scheduled', 'confirmed', 'checked_in', 'in_progress', 'completed', 'cancelled', 'no_show', 'expired')),
  hold_ends_at timestamptz,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  -- What it costs, as it was when it was booked.
  fee_minor bigint CHECK (fee_minor BETWEEN 0 AND 100000000000),
  currency text CHECK (currency ~ '^[A-Z]{3}$'),
  -- Sealed: why somebody comes.
  content bytea CHECK (length(content) <= 16384),
  -- Where it stands above the constraint: an emergency, with who said so and why.
  override_reason text CHECK (length(override_reason) BETWEEN 1 AND 500),
  override_by uuid REFERENCES ward.users (id),
  series_id uuid,
  course_id uuid,
  checked_in_at timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  cancel_reason text CHECK (length(cancel_reason) BETWEEN 1 AND 500),
  version integer NOT NULL DEFAULT 1,
  created_by uuid REFERENCES ward.users (id),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, patient_id) REFERENCES ward.patients (hospital_id, id),
  FOREIGN KEY (hospital_id, doctor_id) REFERENCES ward.memberships (hospital_id, user_id),
  FOREIGN KEY (hospital_id, location_id) REFERENCES ward.locations (hospital_id, id),
  CHECK (ends_at > starts_at AND ends_at <= starts_at + interval '24 hours'),
  CHECK ((status = 'held') = (hold_ends_at IS NOT NULL)),
  CHECK ((fee_minor IS NULL) = (currency IS NULL)),
  CHECK ((override_reason IS NULL) = (override_by IS NULL))
) PARTITION BY RANGE (id);
CREATE TABLE ward.appointments_default PARTITION OF ward.appointments DEFAULT;
CREATE INDEX appointments_time ON ward.appointments (hospital_id, starts_at, id);
CREATE INDEX appointments_doctor ON ward.appointments (hospital_id, doctor_id, starts_at, id);
CREATE INDEX appointments_patient ON ward.appointments (hospital_id, patient_id, starts_at, id);
CREATE INDEX appointments_series ON ward.appointments (hospital_id, series_id, starts_at) WHERE series_id IS NOT NULL;
CREATE INDEX appointments_course ON ward.appointments (hospital_id, course_id, starts_at) WHERE course_id IS NOT NULL;
CREATE TRIGGER touch BEFORE UPDATE ON ward.appointments FOR EACH ROW EXECUTE FUNCTION ward.touch();

-- Every step that an appointment took; nobody changes it.
CREATE TABLE ward.appointment_history (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  appointment_id uuid NOT NULL,
  step text NOT NULL CHECK (length(step) BETWEEN 1 AND 30),
  status text NOT NULL CHECK (length(status) BETWEEN 1 AND 20),
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  reason text CHECK (length(reason) BETWEEN 1 AND 500),
  actor_id uuid REFERENCES ward.users (id),
  at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, appointment_id) REFERENCES ward.appointments (hospital_id, id)
) PARTITION BY RANGE (id);
CREATE TABLE ward.appointment_history_default PARTITION OF ward.appointment_history DEFAULT;
CREATE INDEX appointment_history_of ON ward.appointment_history (hospital_id, appointment_id, id);

-- What is taken. Two of one seat cannot overlap, whoever writes and by whatever way. Seats from 0 to capacity − 1 are
-- the resource's; from 100 on they are overrides, each of one appointment that a person answers for.
CREATE TABLE ward.occupancy (
  hospital_id uuid NOT NULL,
  id uuid NOT NULL,
  resource_id uuid NOT NULL,
  seat smallint NOT NULL DEFAULT 0 CHECK (seat BETWEEN 0 AND 98 OR seat BETWEEN 100 AND 199),
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  during tstzrange NOT NULL GENERATED ALWAYS AS (tstzrange(starts_at, ends_at, '[)')) STORED,
  -- Null: time off, or closed for another reason.
  appointment_id uuid,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, resource_id) REFERENCES ward.resources (hospital_id, id),
  FOREIGN KEY (hospital_id, appointment_id) REFERENCES ward.appointments (hospital_id, id),
  CHECK (ends_at > starts_at),
  CHECK (appointment_id IS NULL OR ends_at <= starts_at + interval '25 hours'),
  CONSTRAINT occupancy_once EXCLUDE USING gist
    (hospital_id WITH =, resource_id WITH =, seat WITH =, during WITH &&)
);
-- Overlaps are asked by bounds: under row-level security `&&` uses no index.
CREATE INDEX occupancy_time ON ward.occupancy (hospital_id, resource_id, starts_at, ends_at);
CREATE INDEX occupancy_appointment ON ward.occupancy (hospital_id, appointment_id) WHERE appointment_id IS NOT NULL;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['resources', 'working_hours', 'appointments', 'appointment_history', 'occupancy']
  LOOP
    EXECUTE format('ALTER TABLE ward.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE ward.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($policy$CREATE POLICY tenant ON ward.%I TO ward_serving
      USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid)$policy$, name);
    EXECUTE format('CREATE POLICY owner ON ward.%I TO CURRENT_USER USING (true)', name);
    EXECUTE format('GRANT SELECT, INSERT ON ward.%I TO ward_serving', name);
  END LOOP;
END $$;
GRANT UPDATE ON ward.resources, ward.appointments TO ward_serving;
GRANT DELETE ON ward.working_hours TO ward_serving;
GRANT DELETE, UPDATE (starts_at, ends_at, resource_id, seat) ON ward.occupancy TO ward_serving;

-- The least id that can be made at a time (RFC 9562: the first 48 bits are milliseconds).
CREATE FUNCTION ward.first_id(at timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid
$$;

-- Makes the partitions of this year and the next. Called at start and once an hour.
CREATE FUNCTION ward.make_appointment_partitions() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ward, pg_temp AS $$
DECLARE
  year integer;
  parent text;
  first uuid;
  past uuid;
  taken boolean;
  made integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('ward.make_appointment_partitions'));
  FOREACH parent IN ARRAY ARRAY['appointments', 'appointment_history'] LOOP
    FOR ahead IN 0..1 LOOP
      year := extract(year FROM ward.now() AT TIME ZONE 'UTC')::integer + ahead;
      first := ward.first_id(make_timestamptz(year, 1, 1, 0, 0, 0, 'UTC'));
      past := ward.first_id(make_timestamptz(year + 1, 1, 1, 0, 0, 0, 'UTC'));
      CONTINUE WHEN to_regclass(format('ward.%s_%s', parent, year)) IS NOT NULL;
      EXECUTE format('SELECT EXISTS (SELECT FROM ward.%I_default WHERE id >= $1 AND id < $2)', parent)
        INTO taken USING first, past;
      CONTINUE WHEN taken;
      EXECUTE format('CREATE TABLE ward.%I PARTITION OF ward.%I FOR VALUES FROM (%L) TO (%L)',
        format('%s_%s', parent, year), parent, first, past);
      made := made + 1;
    END LOOP;
  END LOOP;
  RETURN made;
END $$;
REVOKE ALL ON FUNCTION ward.make_appointment_partitions() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.make_appointment_partitions() TO ward_serving, ward_engine;
SELECT ward.make_appointment_partitions();
