"""Logs: JSON lines in production, short lines in a demo, and nothing personal in either.

A line names the route («desk:case»), never the address it was reached by; a fault is told by its class and the places
it came through, never by its message, which may quote what somebody wrote.
"""

import logging
import logging.config
import sys
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import Any

import structlog

ROOT = Path(__file__).resolve().parent.parent.parent
Line = MutableMapping[str, Any]
MOST_PLACES = 12
# What these say of themselves is about machines, not people; their first line is kept.
TELLING = ("OperationalError", "OSError", "ConnectionError", "TimeoutError", "InstanceError")
# Except these: a mail server quotes addresses.
QUOTING = ("SMTPException",)
# Their messages carry addresses, user names and hosts of visitors.
TALKATIVE = ("django", "axes", "csp")


class Lines:
    """Where structlog's lines end: standard error, without the way through `logging`, which every request would pay."""

    def __init__(self, *_names: str) -> None:
        """Of any name."""

    def write(self, line: str) -> None:
        with suppress(OSError, ValueError):  # a full disk, a closed pipe: a line that fails stops no request
            sys.stderr.write(f"{line}\n")

    debug = info = warning = error = critical = write


class Stderr(logging.Handler):
    """Where the lines of libraries end: at the same place."""

    lines = Lines()

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self.lines.write(self.format(record))
        except Exception:  # as every handler of `logging` does: a line that fails stops no request
            self.handleError(record)


def settings(*, demo: bool) -> dict[str, Any]:
    """What stands in LOGGING; `configure` makes loggers of it."""
    return {"demo": demo}


def configure(chosen: Mapping[str, Any]) -> None:
    """LOGGING_CONFIG: lines on standard error, of structlog at once and of everybody else through `logging`."""
    ending = short if chosen.get("demo") else structlog.processors.JSONRenderer(ensure_ascii=False)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        faults,
    ]
    structlog.configure(
        processors=[*shared, ending],
        logger_factory=Lines,
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": [plain, *shared],
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, ending],
    }
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"lines": formatter},
            "handlers": {"stderr": {"()": Stderr, "formatter": "lines"}},
            "root": {"handlers": ["stderr"], "level": "WARNING"},
            "loggers": {
                "mizban": {"level": "INFO"},
                "django.request": {"level": "ERROR"},
                "django.security": {"level": "ERROR"},
                "axes": {"level": "ERROR"},
            },
        }
    )


def plain(_logger: Any, _method: str, line: Line) -> Line:
    """A record of a library; of a talkative one its name only, the request's own line says the rest."""
    record = line["_record"]
    line["logger"] = record.name
    if record.name.split(".")[0] in TALKATIVE:
        line["event"] = record.name
    return line


def faults(_logger: Any, _method: str, line: Line) -> Line:
    """An exception as its class and the places it came through."""
    found = line.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    fault = found if isinstance(found, BaseException) else found[1] if isinstance(found, tuple) else None
    if fault is not None:
        line["exception"] = type(fault).__name__
        line["at"] = places(fault.__traceback__)
        kinds = {each.__name__ for each in type(fault).__mro__}
        if kinds & {*TELLING} and not kinds & {*QUOTING}:
            line["said"] = str(fault).split("\n", 1)[0][:200]
    line.pop("stack_info", None)
    return line


def places(trace: TracebackType | None) -> list[str]:
    """The last places of a traceback: file, line, function."""
    frames = extract_tb(trace)[-MOST_PLACES:]
    return [f"{_file(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _file(path: str) -> str:
    """The path below the installation: where it is installed is nobody's concern."""
    return path.rsplit("/site-packages/", 1)[-1].removeprefix(f"{ROOT}/")


def short(_logger: Any, _method: str, line: Line) -> str:
    """A line for people who try Mizban out: «12:00:01 request portal:home 200 4ms»."""
    at, event = str(line.pop("timestamp", ""))[11:19], line.pop("event", "")
    level = line.pop("level", "")
    line.pop("request_id", None)
    words = [at, *([level.upper()] if level not in ("info", "") else []), str(event)]
    return " ".join([*words, *(f"{name}={value}" for name, value in line.items())])
