"""Large files in the file store, sealed frame by frame: a backup is never in the open outside a passing folder."""

import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from mizban.core.sealing import cipher

FRAME = 4 * 1024 * 1024
LENGTH = 4
FOLDER, PREFIX = "exporting", "backup-"
# Longer than any backup takes; what is older was left by a killed worker, readable as it is.
PASSING_FOR = timedelta(hours=6)


@contextmanager
def passing_folder() -> Iterator[Path]:
    """A folder only this process reads, gone afterwards."""
    parent = Path(settings.DATA) / FOLDER
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=parent) as folder:
        yield Path(folder)


def sweep() -> int:
    """Drop what a killed worker of this machine left in the open. How many."""
    oldest = time.time() - PASSING_FOR.total_seconds()
    left = [
        each for each in (Path(settings.DATA) / FOLDER).glob(f"{PREFIX}*") if each.stat().st_mtime < oldest
    ]
    for each in left:
        shutil.rmtree(each, ignore_errors=True)
    return len(left)


def put(path: Path, key: bytes) -> str:
    """Seal a file into the store; the name it has there."""
    with tempfile.TemporaryFile(dir=path.parent) as sealed:
        with path.open("rb") as plain:
            for number, frame in enumerate(iter(lambda: plain.read(FRAME), b"")):
                closed = cipher.seal(key, frame, place=_place(number))
                sealed.write(len(closed).to_bytes(LENGTH, "big") + closed)
        # An empty frame ends it: a file cut short is noticed.
        end = cipher.seal(key, b"", place=_place(-1))
        sealed.write(len(end).to_bytes(LENGTH, "big") + end)
        sealed.seek(0)
        return str(default_storage.save(f"backups/{secrets.token_hex(16)}", File(sealed)))


def frames(stored_as: str, key: bytes) -> Iterator[bytes]:
    """What was put, frame by frame. Raises BrokenSeal for a changed or shortened file, OSError where it is gone."""
    with default_storage.open(stored_as, "rb") as sealed:
        number = 0
        while True:
            size = int.from_bytes(sealed.read(LENGTH), "big")
            closed, following = sealed.read(size), sealed.read(1)
            if not following:
                cipher.unseal(key, closed, place=_place(-1))
                return
            sealed.seek(-1, 1)
            yield cipher.unseal(key, closed, place=_place(number))
            number += 1


def _place(number: int) -> str:
    return f"backup frame {number}"
