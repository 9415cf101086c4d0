"""Ward's private PostgreSQL, reached with the passwords that it left in its data folder."""

import os
import subprocess
import sys
from pathlib import Path


class Database:
    name = "ward"

    def __init__(self, data):
        self.credentials = Path(data) / "credentials"
        self.passwords = {}
        for line in self.credentials.read_text().splitlines():
            if not line.startswith("#"):
                *_, role, password = line.split(":")
                self.passwords[role] = password
        self.cluster = (Path(data) / "postgres").resolve()
        lines = (self.cluster / "postmaster.pid").read_text().splitlines()
        self.port, self.socket = lines[3], lines[4]
        major = (self.cluster / "PG_VERSION").read_text().strip()
        folder = Path(f"/usr/lib/postgresql/{major}/bin")
        self.programs = folder if folder.is_dir() else None

    def program(self, name):
        return str(self.programs / name) if self.programs else name

    def environment(self, role):
        return {
            "PGHOST": self.socket, "PGPORT": self.port, "PGUSER": role, "PGPASSWORD": self.passwords[role],
            "PGDATABASE": self.name, "PGOPTIONS": "-c search_path=ward -c timezone=UTC",
        }

    def ask(self, sql, role="ward_owner"):
        """The answer of some SQL as text, columns separated by a bar."""
        result = subprocess.run(
            [self.program("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"], input=sql, text=True,
            capture_output=True, env={**os.environ, **self.environment(role)})
        if result.returncode != 0:
            sys.exit(f"psql: {result.stderr}")
        return result.stdout.strip()

    def as_owner(self, sql):
        return self.ask(sql)

    def as_superuser(self, sql):
        return self.ask(sql, role="postgres")
