"""What an installation chooses in its environment, read once and refused in words. See docs/operating.md."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mizban.core.db import database

from .instance import InstanceError

HOST = re.compile(r"\.?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\]")
SHORTEST_SECRET = 16


def hosts(name: str) -> list[str]:
    """Host names, between commas; `.example.ir` stands for its subdomains too. Raises InstanceError."""
    found = [host.strip() for host in os.environ.get(name, "").split(",") if host.strip()]
    for host in found:
        if not HOST.fullmatch(host):
            raise InstanceError(
                f"{name}: «{host}» is no host name. Write names without https:// and without a port."
            )
    return found


def flag(name: str) -> bool:
    """1 or 0. Raises InstanceError."""
    text = os.environ.get(name, "").strip()
    if text not in ("", "0", "1"):
        raise InstanceError(f"{name}={text}: write 1 or 0.")
    return text == "1"


def word(name: str, known: Sequence[str]) -> str:
    """One of the words known, the first unless something is set. Raises InstanceError."""
    text = os.environ.get(name, "").strip() or known[0]
    if text not in known:
        raise InstanceError(f"{name}={text}: write {' or '.join(known)}.")
    return text


def number(name: str, *, least: int = 0, most: int, usual: int = 0) -> int:
    """A whole number within bounds. Raises InstanceError."""
    text = os.environ.get(name, "").strip()
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise InstanceError(f"{name}={text}: write a whole number from {least} to {most}.")
    return int(text)


def secret(name: str) -> str:
    """A secret long enough to be one, or none. Raises InstanceError, never with the secret in it."""
    text = os.environ.get(name, "").strip()
    if text and (len(text) < SHORTEST_SECRET or not text.isascii()):
        raise InstanceError(
            f"{name} is too weak: at least {SHORTEST_SECRET} ASCII characters, for example `openssl rand -hex 24`."
        )
    return text


def database_at(name: str, data: Path) -> dict[str, Any]:
    """Django's settings of the database. Raises InstanceError."""
    try:
        return database(os.environ.get(name), data)
    except ValueError as fault:
        # The address holds a password: it is not repeated.
        raise InstanceError(
            f"{name} is no database address: write postgresql://user:password@host:5432/name."
        ) from fault
