"""`mizban demo load [--cases N]`: both offices with a year of cases, and the load for benchmarks."""

import argparse
import sys
import time

from mizban.config import instance


def main(words: list[str]) -> int:
    """Load what is missing and say what was added. Exit status. Raises InstanceError for an office's real data."""
    parser = argparse.ArgumentParser(prog="mizban demo load")
    parser.add_argument("load", choices=["load"])
    parser.add_argument("--cases", type=_count, default=0, help="so many more, for load tests")
    asked = parser.parse_args(words)
    found = instance.ensure(instance.data_folder(), "demo")
    if not found.is_demo:
        raise instance.InstanceError(
            f"{found.data} holds a production installation; the demo stays out of it. Choose another MIZBAN_DATA."
        )
    from django.core.management import call_command

    from mizban.config.loading import load as load_django

    load_django()

    call_command("migrate", verbosity=0, interactive=False)
    return load(asked.cases)


def load(cases: int) -> int:
    """The offices, their cases, and `cases` more in bulk; into a migrated database."""
    from django.utils import timezone

    from .bulk import load_many
    from .cases import load_cases
    from .past import load_lived_in_offices

    now, began = timezone.now(), time.monotonic()
    offices = load_lived_in_offices(at=now)
    _say(f"{len(offices)} offices and {load_cases(at=now)} new cases", began)
    if cases:
        began = time.monotonic()
        added = load_many(cases)
        _say(f"{added} more, {round(added / max(time.monotonic() - began, 0.001))} a second", began)
    return 0


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 10_000_000:
        raise argparse.ArgumentTypeError("a number of cases, up to ten million")
    return int(text)


def _say(what: str, began: float) -> None:
    sys.stdout.write(f"mizban: {what} ({time.monotonic() - began:.1f} s)\n")
