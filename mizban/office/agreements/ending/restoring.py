"""The trial restore: every hash of the backup, its tables written into a scratch instance, all of it compared."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from ..models import Agreement
from .backup import FORMAT, cases_of, sha256_of, tables
from .scratch import ORDER, heads

MINUTES = 60


class NotTheSame(Exception):
    """The backup is not what the office has; the message says where they differ."""


def compare(agreement: Agreement, archive: Path, folder: Path) -> dict[str, Any]:
    """Unpack into `folder`, restore, compare with the live instance; what was compared. Raises NotTheSame."""
    manifest = _unpacked(archive, folder)
    restored = _restored(folder)
    live = {name: tables(agreement)[name][0].count() for name in ORDER}
    for name in ORDER:
        if not live[name] == restored["counts"][name] == manifest["counts"][name]:
            raise NotTheSame(f"شمار {name} یکی نیست: {live[name]} و {restored['counts'][name]}")
    if restored["broken"]:
        raise NotTheSame("زنجیرهٔ رویدادهای پشتیبان درست نیست.")
    mine = cases_of(agreement).order_by("code").values_list("code", "head")
    if heads((code, bytes(head)) for code, head in mine) != restored["heads"]:
        raise NotTheSame("سر زنجیره‌ها یکی نیست.")
    return {"counts": live, "heads": restored["heads"], "files": len(manifest["files"])}


def _unpacked(archive: Path, folder: Path) -> dict[str, Any]:
    """The manifest of an archive all of whose files are what it says they are, and no others."""
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)  # our own archive, sealed until a moment ago
        names = set(packed.namelist()) - {"manifest.json"}
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    if manifest["format"] != FORMAT or names != set(manifest["files"]):
        raise NotTheSame("فهرست پشتیبان با محتوای آن یکی نیست.")
    for name, said in manifest["files"].items():
        if sha256_of(folder / name) != said["sha256"]:
            raise NotTheSame(f"فایل {name} آسیب دیده است.")
    return manifest


def _restored(folder: Path) -> dict[str, Any]:
    """What the scratch instance finds in its own database. Raises NotTheSame where it cannot be built."""
    command = [sys.executable, "-m", "mizban.office.agreements.ending.scratch", str(folder)]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    try:
        done = subprocess.run(  # noqa: S603  # our own module
            command, capture_output=True, timeout=MINUTES * 60, check=True, env=environment
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as fault:
        raise NotTheSame("پشتیبان بازگردانی نشد.") from fault
    found: dict[str, Any] = json.loads(done.stdout)
    return found
