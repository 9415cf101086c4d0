-- Why: a browser whose node is gone comes back to another one with its private id. What it had subscribed to is kept
-- here, so that any node can give it back, after looking at its rights anew. The table is unlogged: a crash of
-- PostgreSQL costs fresh starts and nothing else. Safe while a previous version serves.

CREATE UNLOGGED TABLE ward.socket_places (
  pid text PRIMARY KEY CHECK (length(pid) = 20),
  person text NOT NULL CHECK (length(person) <= 36),
  sid text NOT NULL CHECK (length(sid) = 20),
  subscriptions text NOT NULL CHECK (octet_length(subscriptions) <= 8192),
  kept_at timestamptz NOT NULL
);
CREATE INDEX socket_places_kept ON ward.socket_places (kept_at);

-- Keeps what a socket is subscribed to. A private id stays with the person who had it first.
CREATE FUNCTION ward.keep_socket(pid text, person text, sid text, subscriptions text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  INSERT INTO ward.socket_places AS p (pid, person, sid, subscriptions, kept_at)
  VALUES (keep_socket.pid, keep_socket.person, keep_socket.sid, keep_socket.subscriptions, ward.now())
  ON CONFLICT (pid) DO UPDATE SET
    sid = excluded.sid, subscriptions = excluded.subscriptions, kept_at = excluded.kept_at
  WHERE p.person = excluded.person
$$;
REVOKE ALL ON FUNCTION ward.keep_socket(text, text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.keep_socket(text, text, text, text) TO ward_serving;

-- What was kept for this person under the private id.
CREATE FUNCTION ward.recall_socket(pid text, person text) RETURNS TABLE (sid text, subscriptions text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  SELECT p.sid, p.subscriptions FROM ward.socket_places p
  WHERE p.pid = recall_socket.pid AND p.person = recall_socket.person
$$;
REVOKE ALL ON FUNCTION ward.recall_socket(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.recall_socket(text, text) TO ward_serving;

-- Forgets what nobody comes back to.
CREATE FUNCTION ward.forget_socket(pid text, person text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  DELETE FROM ward.socket_places p WHERE p.pid = forget_socket.pid AND p.person = forget_socket.person
$$;
REVOKE ALL ON FUNCTION ward.forget_socket(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.forget_socket(text, text) TO ward_serving;

-- Forgets what was kept more than a day ago, at most 10,000 a call.
CREATE FUNCTION ward.forget_sockets() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ward, pg_temp AS $$
  WITH gone AS (
    DELETE FROM ward.socket_places WHERE pid IN (
      SELECT p.pid FROM ward.socket_places p WHERE p.kept_at < ward.now() - interval '1 day' ORDER BY p.kept_at
      LIMIT 10000 FOR UPDATE SKIP LOCKED)
    RETURNING 1)
  SELECT count(*) FROM gone
$$;
REVOKE ALL ON FUNCTION ward.forget_sockets() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ward.forget_sockets() TO ward_engine;
