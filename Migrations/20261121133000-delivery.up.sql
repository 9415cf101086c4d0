-- Why: an alert that is stored and reaches nobody is worthless. Who is told what on which channel, whether it arrived,
-- what each person wants, and what is to be said later. Safe while a previous version serves: it only adds.

-- What somebody wants; the row without a person is what counts in the hospital for whoever has chosen nothing.
CREATE TABLE ward.notification_preferences (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  user_id uuid,
  -- In this order, the next when one fails.
  channels text[] NOT NULL CHECK (channels <@ ARRAY['push', 'sms', 'whatsapp']),
  email boolean NOT NULL,
  is_muted boolean NOT NULL DEFAULT false,
  -- By the hospital's clocks; may reach over midnight. Urgencies 4 and 5 know neither these nor muting.
  quiet_from time,
  quiet_until time,
  language text NOT NULL DEFAULT 'en' CHECK (language ~ '^[a-z]{2}$'),
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  UNIQUE NULLS NOT DISTINCT (hospital_id, user_id),
  FOREIGN KEY (hospital_id, user_id) REFERENCES ward.memberships (hospital_id, user_id) ON DELETE CASCADE,
  CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
);

-- How a patient is reached, the wanted way first.
CREATE TABLE ward.patient_channels (
  hospital_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  channels text[] NOT NULL CHECK (channels <@ ARRAY['push', 'email', 'sms', 'whatsapp']),
  language text NOT NULL DEFAULT 'en' CHECK (language ~ '^[a-z]{2}$'),
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, patient_id),
  FOREIGN KEY (hospital_id, patient_id) REFERENCES ward.patients (hospital_id, id)
);

-- What stands in somebody's notification centre: one row for an alert, however often he is paged for it.
CREATE TABLE ward.notifications (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  id uuid NOT NULL,
  user_id uuid NOT NULL REFERENCES ward.users (id),
  kind text NOT NULL CHECK (kind ~ '^[a-z][a-z_]{0,49}$'),
  title text NOT NULL CHECK (length(title) <= 200),
  body text NOT NULL CHECK (length(body) <= 1000),
  alert_id uuid,
  tier smallint,
  urgency smallint CHECK (urgency BETWEEN 1 AND 5),
  times integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  -- When it was said the last time.
  told_at timestamptz NOT NULL,
  read_at timestamptz,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, alert_id) REFERENCES ward.alerts (hospital_id, id)
);
CREATE UNIQUE INDEX notifications_alert ON ward.notifications (hospital_id, user_id, alert_id)
  WHERE alert_id IS NOT NULL;
CREATE INDEX notifications_person ON ward.notifications (hospital_id, user_id, told_at DESC, id DESC);
CREATE INDEX notifications_unread ON ward.notifications (hospital_id, user_id, told_at DESC, id DESC)
  WHERE read_at IS NULL;
CREATE INDEX notifications_of_alert ON ward.notifications (hospital_id, alert_id) WHERE alert_id IS NOT NULL;

-- Each message to each person on each channel. Neither its words nor an address: both are made when it is sent.
CREATE TABLE ward.deliveries (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  id uuid NOT NULL,
  user_id uuid REFERENCES ward.users (id),
  patient_id uuid,
  alert_id uuid,
  tier smallint,
  reminder_id uuid,
  -- alert_created, alert_escalated, … or the template's name.
  kind text NOT NULL CHECK (kind ~ '^[a-z][a-z_-]{0,49}$'),
  -- What it answers to: when the person was paged, and the same for everybody who was paged with him.
  occasion timestamptz NOT NULL,
  channel text NOT NULL CHECK (channel IN ('in_app', 'socket', 'push', 'email', 'sms', 'whatsapp')),
  status text NOT NULL CHECK (status IN ('queued', 'sent', 'delivered', 'read', 'failed', 'skipped')),
  reason text CHECK (reason ~ '^[a-z][a-z0-9_]{0,49}$'),
  provider_id text CHECK (length(provider_id) <= 200),
  attempts smallint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  sent_at timestamptz,
  delivered_at timestamptz,
  read_at timestamptz,
  -- When it failed or was skipped.
  ended_at timestamptz,
  PRIMARY KEY (hospital_id, id),
  UNIQUE (hospital_id, alert_id, tier, user_id, occasion, channel),
  FOREIGN KEY (hospital_id, alert_id) REFERENCES ward.alerts (hospital_id, id),
  FOREIGN KEY (hospital_id, patient_id) REFERENCES ward.patients (hospital_id, id),
  CHECK ((status IN ('failed', 'skipped')) <= (ended_at IS NOT NULL AND reason IS NOT NULL))
);
CREATE INDEX deliveries_alert ON ward.deliveries (hospital_id, alert_id, created_at, id) WHERE alert_id IS NOT NULL;
CREATE INDEX deliveries_provider ON ward.deliveries (hospital_id, channel, provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX deliveries_mail ON ward.deliveries (hospital_id, created_at DESC, id DESC)
  WHERE channel = 'email' AND alert_id IS NULL;

CREATE INDEX deliveries_waiting ON ward.deliveries (hospital_id, alert_id) WHERE status = 'queued';

-- Whoever takes an alert in hand or ends it, and however: what waits to ring for it is not needed any more.
CREATE FUNCTION ward.cancel_deliveries() RETURNS trigger LANGUAGE plpgsql SET search_path = ward, pg_temp AS $$
BEGIN
  UPDATE ward.deliveries SET status = 'skipped', reason = 'closed', ended_at = ward.now()
  WHERE hospital_id = NEW.hospital_id AND alert_id = NEW.id AND status = 'queued';
  RETURN NULL;
END $$;
CREATE TRIGGER cancel_deliveries AFTER UPDATE OF status ON ward.alerts
  FOR EACH ROW WHEN (NEW.status <> 'active' AND NEW.status <> OLD.status) EXECUTE FUNCTION ward.cancel_deliveries();

-- What a hospital says in its own words, by language; without a row Ward's own words count.
CREATE TABLE ward.notification_templates (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  name text NOT NULL CHECK (name ~ '^[a-z][a-z-]{0,49}$'),
  language text NOT NULL CHECK (language ~ '^[a-z]{2}$'),
  subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
  body text NOT NULL CHECK (length(body) BETWEEN 1 AND 4000),
  html text CHECK (length(html) BETWEEN 1 AND 20000),
  version integer NOT NULL DEFAULT 1,
  updated_by uuid REFERENCES ward.users (id),
  updated_at timestamptz NOT NULL DEFAULT ward.now(),
  PRIMARY KEY (hospital_id, name, language)
);

-- What is to be said at a time: of an appointment, a control, a prescription, a bill. The values are sealed.
CREATE TABLE ward.reminders (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('appointment', 'follow_up', 'prescription', 'payment')),
  user_id uuid,
  patient_id uuid,
  due_at timestamptz NOT NULL,
  content bytea NOT NULL CHECK (length(content) <= 16384),
  status text NOT NULL DEFAULT 'scheduled' CHECK (status IN ('scheduled', 'sent', 'undeliverable', 'cancelled')),
  created_by uuid REFERENCES ward.users (id),
  created_at timestamptz NOT NULL DEFAULT ward.now(),
  sent_at timestamptz,
  cancelled_at timestamptz,
  PRIMARY KEY (hospital_id, id),
  FOREIGN KEY (hospital_id, user_id) REFERENCES ward.memberships (hospital_id, user_id),
  FOREIGN KEY (hospital_id, patient_id) REFERENCES ward.patients (hospital_id, id),
  CHECK ((user_id IS NULL) <> (patient_id IS NULL))
);
CREATE INDEX reminders_due ON ward.reminders (hospital_id, due_at, id);
CREATE INDEX deliveries_reminder ON ward.deliveries (hospital_id, reminder_id) WHERE reminder_id IS NOT NULL;

-- How many ordinary mails a hospital has asked for in an hour: what is over the limit goes in a later one.
CREATE TABLE ward.mail_hours (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  hour timestamptz NOT NULL,
  mails integer NOT NULL CHECK (mails > 0),
  PRIMARY KEY (hospital_id, hour)
);

CREATE TRIGGER touch BEFORE UPDATE ON ward.notification_preferences FOR EACH ROW EXECUTE FUNCTION ward.touch();
CREATE TRIGGER touch BEFORE UPDATE ON ward.patient_channels FOR EACH ROW EXECUTE FUNCTION ward.touch();
CREATE TRIGGER touch BEFORE UPDATE ON ward.notification_templates FOR EACH ROW EXECUTE FUNCTION ward.touch();

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['notification_preferences', 'patient_channels', 'notifications', 'deliveries',
    'notification_templates', 'reminders', 'mail_hours']
  LOOP
    EXECUTE format('ALTER TABLE ward.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE ward.%I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($policy$CREATE POLICY tenant ON ward.%I TO ward_serving
      USING (hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid)$policy$, name);
    EXECUTE format('CREATE POLICY owner ON ward.%I TO CURRENT_USER USING (true)', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON ward.%I TO ward_serving', name);
  END LOOP;
END $$;
GRANT DELETE ON ward.notification_preferences, ward.patient_channels, ward.notification_templates TO ward_serving;

-- When an ordinary mail of the transaction's hospital may go: at once, or in the first hour that has room for it.
CREATE FUNCTION ward.mail_slot(mails_per_hour integer) RETURNS timestamptz
LANGUAGE plpgsql VOLATILE SET search_path = ward, pg_temp AS $$
DECLARE
  tenant uuid := NULLIF(current_setting('ward.hospital', true), '')::uuid;
  slot timestamptz := date_trunc('hour', ward.now());
  taken integer;
BEGIN
  IF tenant IS NULL THEN RETURN ward.now(); END IF;
  SELECT GREATEST(slot, max(m.hour)) INTO slot FROM ward.mail_hours m WHERE m.hospital_id = tenant AND m.hour >= slot;
  slot := COALESCE(slot, date_trunc('hour', ward.now()));
  LOOP
    INSERT INTO ward.mail_hours AS m (hospital_id, hour, mails) VALUES (tenant, slot, 1)
    ON CONFLICT (hospital_id, hour) DO UPDATE SET mails = m.mails + 1 WHERE m.mails < mails_per_hour
    RETURNING m.mails INTO taken;
    EXIT WHEN FOUND;
    slot := slot + interval '1 hour';
  END LOOP;
  RETURN GREATEST(slot, ward.now());
END $$;
REVOKE ALL ON FUNCTION ward.mail_slot(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.mail_slot(integer) TO ward_serving;
