"""`mizban compliance …`: figures held against the log they were folded from, or folded anew."""

import argparse
import sys

from django.utils import timezone

from mizban.core.agencies.models import Agency
from mizban.office.compliance import folding
from mizban.office.compliance.recompute import Difference, differences

MOST_SHOWN = 20


def check_compliance(words: list[str]) -> int:
    """Recompute every tally of every office from the log; 1 where one differs. Reads all evidence."""
    parser = argparse.ArgumentParser(prog="mizban compliance check")
    parser.add_argument("--agency", default="", help="one office by its slug; all of them unless given")
    asked = parser.parse_args(words)
    agencies = Agency.objects.filter(slug=asked.agency) if asked.agency else Agency.objects.all()
    differ = 0
    for agency in agencies:
        found = differences(agency)
        differ += len(found)
        _say(f"{agency.slug}: {len(found)} differ" if found else f"{agency.slug}: as the log says")
        for each in found[:MOST_SHOWN]:
            _say(f"  {_told(each)}")
    return 1 if differ else 0


def refold_compliance(words: list[str]) -> int:
    """Forget all tallies and fold everything again, as after a change of what a measure counts."""
    argparse.ArgumentParser(prog="mizban compliance refold").parse_args(words)
    folding.forget_all()
    read = 0
    while count := folding.fold(at=timezone.now()):
        read += count
        _say(f"{read} rows of evidence")
    return 0


def _told(difference: Difference) -> str:
    key = difference.key
    where = f"{key.measure} {key.topic} {key.on} version {key.version} {key.service}"
    return f"{where}: {'/'.join(map(str, difference.folded))} is kept, {'/'.join(map(str, difference.log))} in the log"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
