"""Processor time from /proc: noise of other programs on the machine hardly moves it."""

import os
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def children_of(pid: int) -> list[int]:
    """The process and everything it started that still lives."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found, edge = [pid], [pid]
    while edge:
        edge = [child for each in edge for child in parents.get(each, ())]
        found += edge
    return found


def seconds(pids: list[int]) -> dict[int, float]:
    """User and system seconds of each process until now."""
    return {pid: (int(fields[11]) + int(fields[12])) / TICK for pid in pids if (fields := _stat(pid))}


class Meter:
    """The time some process trees use between `start` and `stop`, in seconds."""

    def __init__(self, *roots: int | None) -> None:
        self._roots = [root for root in roots if root]
        self._before: dict[int, float] = {}

    def start(self) -> None:
        self._before = self._now()

    def stop(self) -> float:
        return sum(used - self._before.get(pid, 0.0) for pid, used in self._now().items())

    def _now(self) -> dict[int, float]:
        return seconds([pid for root in self._roots for pid in children_of(root)])


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name, which may hold blanks; none for a process that ended."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError):
        return []
    return text.rpartition(")")[2].split()
