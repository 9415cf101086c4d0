"""People for the sockets: signed in behind Ward's back, since thousands of sign-ins would be a benchmark of Argon2."""

import hashlib

PER_PERSON = 20  # sockets that Ward allows each person


def sign_in(ward, sockets):
    """Operators of the demo hospital, off duty, with a session each; their tokens."""
    count = -(-sockets // PER_PERSON)
    tokens = [f"ws_{hashlib.sha256(str(number).encode()).hexdigest()[:43]}" for number in range(count)]
    rows = ", ".join(f"({number}, '{hashlib.sha256(token.encode()).hexdigest()}')" for number, token in enumerate(tokens))
    ward.database.ask(f"""
        CREATE TEMPORARY TABLE made AS SELECT gen_random_uuid() AS id, n, hash FROM (VALUES {rows}) AS v (n, hash);
        INSERT INTO users (id, email, name) SELECT id, 'bench' || n || '@demo.ward', 'Bench ' || n FROM made;
        INSERT INTO memberships (hospital_id, user_id, role) SELECT '{ward.hospital}', id, 'operator' FROM made;
        INSERT INTO sessions (id, user_id, hospital_id, token_hash, address, user_agent, expires_at)
          SELECT gen_random_uuid(), id, '{ward.hospital}', decode(hash, 'hex'), '127.0.0.1', 'bench',
            now() + interval '7 days' FROM made;""")
    return tokens
