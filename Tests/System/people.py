"""Many signed-in people at once, written straight into the database: signing each in would only measure hashing."""

import hashlib

from ward_process import WardProcess


def many_people(ward: WardProcess, count: int, mark: str = "many", hospital: str | None = None) -> list[str]:
    """Operators of the demo hospital, off duty, with a session each; their tokens."""
    tokens = [f"ws_{hashlib.sha256(f'{mark}{n}'.encode()).hexdigest()[:43]}" for n in range(count)]
    hashes = [hashlib.sha256(token.encode()).hexdigest() for token in tokens]
    ward.sql(
        """
        WITH hospital AS (SELECT COALESCE(%s::uuid, (SELECT m.hospital_id FROM memberships m JOIN users u ON u.id = m.user_id
                                                      WHERE u.email = 'operator@demo.ward')) AS id),
        made AS MATERIALIZED (SELECT gen_random_uuid() AS id, n, hash
                              FROM unnest(%s::text[]) WITH ORDINALITY AS v (hash, n)),
        people AS (INSERT INTO users (id, email, name) SELECT id, %s || n || '@demo.ward', 'Person ' || n FROM made),
        members AS (INSERT INTO memberships (hospital_id, user_id, role)
                    SELECT hospital.id, made.id, 'operator' FROM made, hospital)
        INSERT INTO sessions (id, user_id, hospital_id, token_hash, address, user_agent, expires_at)
        SELECT gen_random_uuid(), made.id, hospital.id, decode(hash, 'hex'), '127.0.0.1', 'tests',
               ward.now() + interval '7 days' FROM made, hospital
        """, "admin", parameters=[hospital, hashes, mark])
    return tokens
