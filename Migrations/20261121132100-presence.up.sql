-- Who is connected, told by each node for all others, where there is no Redis or it does not answer. A node says it anew
-- every few seconds; what it said is over when it has been silent for longer, so a node that dies takes its people along.
-- Unlogged: after a crash of PostgreSQL everybody says it again.

CREATE UNLOGGED TABLE ward.presences (
  hospital_id uuid NOT NULL REFERENCES ward.hospitals (id),
  node uuid NOT NULL,
  -- Each person or screen with the time since when and the number of connections: no names.
  people jsonb NOT NULL,
  told_at timestamptz NOT NULL DEFAULT ward.now(),
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (hospital_id, node)
);
CREATE INDEX presences_expiry ON ward.presences (expires_at);

-- What a node has to say of these hospitals; of one with nobody there is nothing to keep.
CREATE FUNCTION ward.keep_presences(teller uuid, hospitals uuid[], peoples text[], seconds integer) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  DELETE FROM ward.presences p USING unnest(hospitals, peoples) AS u (hospital, people)
  WHERE p.node = teller AND p.hospital_id = u.hospital AND u.people = '[]';
  INSERT INTO ward.presences AS p (hospital_id, node, people, expires_at)
  SELECT u.hospital, teller, u.people::jsonb, ward.now() + make_interval(secs => seconds)
  FROM unnest(hospitals, peoples) AS u (hospital, people) JOIN ward.hospitals h ON h.id = u.hospital
  WHERE u.people <> '[]' ORDER BY u.hospital
  ON CONFLICT (hospital_id, node) DO UPDATE SET
    people = excluded.people, told_at = excluded.told_at, expires_at = excluded.expires_at;
  DELETE FROM ward.presences WHERE (hospital_id, node) IN (
    SELECT p.hospital_id, p.node FROM ward.presences p WHERE p.expires_at < ward.now() LIMIT 1000 FOR UPDATE SKIP LOCKED)
$$;
REVOKE ALL ON FUNCTION ward.keep_presences(uuid, uuid[], text[], integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.keep_presences(uuid, uuid[], text[], integer) TO ward_serving;

-- What all nodes said of the transaction's hospital and is not over.
CREATE FUNCTION ward.presences_here() RETURNS TABLE (node uuid, people jsonb, told_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT p.node, p.people, p.told_at FROM ward.presences p
  WHERE p.hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid AND p.expires_at > ward.now()
$$;
REVOKE ALL ON FUNCTION ward.presences_here() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.presences_here() TO ward_serving;
