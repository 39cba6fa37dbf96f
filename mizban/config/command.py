"""The `mizban` command: Django's `manage.py` with the settings preset, and Mizban's own commands before it."""

import argparse
import contextlib
import os
import re
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from mizban.config import instance

USAGE = """mizban: government services run under their published agreements

  mizban run [--demo]                        start here: install the database, serve portal, desk and worker
  mizban agreement read FILE... [--json]     what stands in agreement texts
  mizban service check PATH                  what is wrong with a service declaration, by line
  mizban demo load [--cases N]               two offices with a year of cases; N more for load tests
  mizban service publish PATH --agency SLUG  offer a service from now on
  mizban agency create --slug … --name …     an agency with units and a calendar
  mizban user create --agency … --username … --name … --role …
                                             a person with a role; the password is asked for or shown once
  mizban token create --user NAME            a token for programs, shown once; `token revoke` ends them
  mizban compliance check [--agency SLUG]    recompute every figure from the log; 1 if one differs
  mizban compliance refold                   fold all evidence again
  mizban work                                the worker; run as many as you like
  mizban probe [--once]                      look every minute whether the portal is up; `mizban run` does it too
  mizban probe --url https://…               the same from another machine, with MIZBAN_PROBE_TOKEN
  mizban probe --new-source NAME             let such a machine in: its token, shown once; --end-source NAME ends it
  mizban migrate, mizban collectstatic, …    every command of Django's manage.py; `mizban help` lists them
"""


def main() -> int:
    """The console script. Exit status: 0 done, 1 refused or failed, 2 not understood."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mizban.config.settings")
    words = sys.argv[1:]
    try:
        return _dispatch(words)
    except instance.InstanceError as fault:
        print(f"mizban: {fault}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read our output has seen enough (`| head`); Python would complain again while closing it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as fault:
        if not _is_database_away(fault):
            raise
        said = (str(fault).splitlines() or [""])[0]
        print(f"mizban: the database does not answer: {said}", file=sys.stderr)
        return 1


def _is_database_away(fault: Exception) -> bool:
    """Whether Django says so; it is not imported where it was not needed."""
    database = sys.modules.get("django.db")
    return database is not None and isinstance(fault, database.OperationalError)


def _dispatch(words: list[str]) -> int:
    if not words or words[0] in ("-h", "--help"):
        print(USAGE, end="")
        return 0
    plain = PLAIN.get((words[0], words[1] if len(words) > 1 else ""))
    if plain:
        return plain(words[2:])
    if words[0] == "run":
        from mizban.config.running import run

        return run(words[1:])
    if words[0] == "demo":
        from mizban.config.demo.command import main as demo

        return demo(words[1:])
    if words[0] == "probe":
        return _probe(words[1:])
    if words[0] == "work":
        return _with_django(_work, words)
    if tuple(words[:2]) in FOUNDING:
        return _with_django(_found, words)
    return _with_django(_manage, words)


def _read_agreements(words: list[str]) -> int:
    from mizban.lib.jalali import TEHRAN
    from mizban.office.agreements.reading.command import main as read

    files = [word for word in words if word != "--json"]
    if not files:
        print("mizban agreement read FILE... [--json]", file=sys.stderr)
        return 2
    return read(
        files, as_json="--json" in words, out=sys.stdout, err=sys.stderr, today=datetime.now(TEHRAN).date()
    )


def _check_service(words: list[str]) -> int:
    from mizban.core.declarations.nodes import BrokenDeclaration
    from mizban.core.declarations.reading import read
    from mizban.services import register_rules

    if len(words) != 1:
        print("mizban service check PATH", file=sys.stderr)
        return 2
    register_rules()
    path = Path(words[0]) / "service.yaml" if Path(words[0]).is_dir() else Path(words[0])
    try:
        declaration = read(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        print(f"mizban: {path} cannot be read: {fault}", file=sys.stderr)
        return 1
    except BrokenDeclaration as broken:
        for found in broken.faults:
            print(f"{path}:{found.line}: {found.message}", file=sys.stderr)
        return 1
    print(
        f"{path}: {declaration.title} ({len(declaration.form)} fields, {len(declaration.steps)} steps): no fault"
    )
    return 0


def _with_django(run: Callable[[list[str]], int], words: list[str]) -> int:
    # `makemigrations --check` and `help` look at the code only; everything else works on an installation.
    if words[0] not in ("help", "makemigrations", "check"):
        instance.ensure(instance.data_folder(), "production")
        from mizban.config.loading import load

        load()
    return run(words)


def _manage(words: list[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["mizban", *words])
    return 0


def _work(words: list[str]) -> int:
    from django.db import DatabaseError

    from mizban.config.guarding import keys_fit
    from mizban.config.working import work

    # A database that is away is waited for; one of other secrets is not worked on.
    with contextlib.suppress(DatabaseError):
        keys_fit(instance.read(instance.data_folder()))
    return work(words[1:])


def _probe(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="mizban probe")
    parser.add_argument(
        "--once", action="store_true", help="one round, said on the screen; 1 if all is not up"
    )
    parser.add_argument(
        "--url", default="", help="the site, from another machine; without it, this machine's own"
    )
    parser.add_argument("--token", default="", help="better in MIZBAN_PROBE_TOKEN: arguments are seen by all")
    parser.add_argument("--new-source", metavar="NAME", type=_slug, help="let a prober elsewhere in")
    parser.add_argument("--end-source", metavar="NAME", type=_slug)
    asked = parser.parse_args(words)
    if asked.url:
        from mizban.config import probing_afar

        return probing_afar.probe(
            asked.url, asked.token or os.environ.get("MIZBAN_PROBE_TOKEN", ""), once=asked.once
        )
    return _with_django(lambda _words: _probe_here(asked), ["probe"])


def _probe_here(asked: argparse.Namespace) -> int:
    from mizban.config import probing
    from mizban.config.running import here

    if asked.new_source:
        return probing.new_source(asked.new_source)
    if asked.end_source:
        return probing.end_source(asked.end_source)
    return probing.probe(here(), once=asked.once)


def _slug(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,48}", text):
        raise argparse.ArgumentTypeError("a short name in small letters, digits and -")
    return text


def _found(words: list[str]) -> int:
    from mizban.config import founding
    from mizban.config.health import missing_migrations

    if missing_migrations():
        raise instance.InstanceError("the database has no tables yet, or old ones. First: mizban migrate")
    run: Callable[[list[str]], int] = getattr(founding, FOUNDING[words[0], words[1]])
    return run(words[2:])


# These need Django and a migrated database: words → function of `founding`.
FOUNDING = {
    ("agency", "create"): "create_agency",
    ("user", "create"): "create_user",
    ("service", "publish"): "publish_service",
    ("compliance", "check"): "check_compliance",
    ("compliance", "refold"): "refold_compliance",
}
# These need no database, no secret and no mode.
PLAIN: dict[tuple[str, str], Callable[[list[str]], int]] = {
    ("agreement", "read"): _read_agreements,
    ("service", "check"): _check_service,
}
