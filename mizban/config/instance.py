"""One installation of Mizban: its data folder, its mode, its secrets (`instance.toml`, readable by its owner only)."""

import base64
import os
import secrets
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Mode = Literal["demo", "production"]
FILE = "instance.toml"
DATABASE = "mizban.sqlite3"  # the embedded one's name in the data folder (core/db.py)
ONE_PAGE = 4096  # a file that was opened and never written a table to


class InstanceError(Exception):
    """The installation cannot be used as it stands; the message says in words what to do."""


@dataclass(frozen=True, slots=True)
class Instance:
    """Mode and secrets. `stored` is False for the passing secrets of a command that needs no installation."""

    data: Path
    mode: Mode
    secret_key: str
    master_key: bytes
    stored: bool

    @property
    def is_demo(self) -> bool:
        return self.mode == "demo"


def data_folder() -> Path:
    """`MIZBAN_DATA`, else `./var`, as an absolute path."""
    return Path(os.environ.get("MIZBAN_DATA") or "var").absolute()


def read(data: Path) -> Instance:
    """The stored instance; without one, passing secrets that no server may run with.

    Raises InstanceError for a file that is damaged or lacks a secret.
    """
    path = data / FILE
    if not path.exists():
        return Instance(data, "production", secrets.token_urlsafe(48), secrets.token_bytes(32), stored=False)
    try:
        stored = tomllib.loads(path.read_text("utf-8"))
        master = base64.b64decode(stored["master_key"], validate=True)
        mode, secret_key = stored["mode"], stored["secret_key"]
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise InstanceError(
            f"{path} is damaged or lacks a secret ({fault}). Restore it from a backup."
        ) from fault
    if mode not in ("demo", "production") or len(master) != 32 or len(secret_key) < 32:
        raise InstanceError(
            f"{path}: mode, secret_key or master_key is missing or too weak. Restore it from a backup."
        )
    return Instance(data, mode, secret_key, master, stored=True)


def ensure(data: Path, mode: Mode) -> Instance:
    """The stored instance; written with fresh secrets and this mode at the first start.

    Raises InstanceError if the folder cannot be written, or holds a database whose secrets are missing.
    """
    path = data / FILE
    _refuse_orphans(data)
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        # O_EXCL: of two first starts at once, one writes the secrets and the other reads them.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return read(data)
    except OSError as fault:
        raise InstanceError(f"{data} cannot be used as data folder: {fault.strerror}.") from fault
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(_document(mode))
    return read(data)


def _refuse_orphans(data: Path) -> None:
    """Fresh secrets beside an older database would lock everybody out of it for good. Raises InstanceError."""
    database = data / DATABASE
    if not (data / FILE).exists() and database.exists() and database.stat().st_size > ONE_PAGE:
        raise InstanceError(
            f"{data} holds a database but no {FILE}. Restore {FILE} from the backup; without it no case can be read."
        )


def _document(mode: Mode) -> str:
    master = base64.b64encode(secrets.token_bytes(32)).decode("ascii")
    return (
        "# Whoever reads this file can read every case. Keep it with the backups, apart from the database.\n"
        f'mode = "{mode}"\n'
        f'secret_key = "{secrets.token_urlsafe(48)}"\n'
        f'master_key = "{master}"\n'
    )
