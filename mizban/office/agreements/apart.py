"""Reading a file in a process of its own, with a limit of time and memory: a crafted file can be slow or huge.

Run as `python -m mizban.office.agreements.apart FILE TODAY`; prints one JSON object. Needs no database and no secrets.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from .reading import UnreadableFile, read_file

SECONDS = 20
BYTES = 1024**3
TOO_SLOW = "خواندن این فایل بیش از اندازه طول کشید. متن سادهٔ آن (txt) را بفرستید."


def read_apart(data: bytes, name: str, *, today: date) -> dict[str, Any]:
    """{"text", "reading"} of an uploaded file, or {"refused": a Persian sentence}; in `SECONDS` at most."""
    with tempfile.TemporaryDirectory(prefix="mizban-reading-") as folder:
        path = Path(folder) / f"text{Path(name).suffix.lower()[:10]}"
        path.write_bytes(data)
        command = [sys.executable, "-m", "mizban.office.agreements.apart", str(path), today.isoformat()]
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603  # our own module
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
            return {"refused": TOO_SLOW}
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def main(path: str, today: str) -> dict[str, Any]:
    """What `read_apart` gives, in this process."""
    try:
        reading = read_file(Path(path), today=date.fromisoformat(today))
    except UnreadableFile as fault:
        return {"refused": fault.message}
    return {"text": reading.source, "reading": reading.as_json()}


if __name__ == "__main__":
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    json.dump(main(sys.argv[1], sys.argv[2]), sys.stdout)
