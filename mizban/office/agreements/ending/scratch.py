"""A scratch instance in a process of its own: the tables of a backup, written back and looked at.

Run as `python -m mizban.office.agreements.ending.scratch FOLDER`, where FOLDER has `tables/`; its database and data
folder lie beside them. Prints {"counts", "heads", "broken"} as JSON. It has no keys: what is compared is ciphertext.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import Any

ORDER = ("agencies", "units", "staff", "service_versions", "offerings", "cases", "parties", "events", "files")
SHOWN = 20
CHUNK = 500


def heads(rows: Iterable[tuple[str, bytes]]) -> str:
    """One hash over the heads of all chains, by their codes in order."""
    whole = hashlib.sha256()
    for code, head in rows:
        whole.update(f"{code} {head.hex()}\n".encode())
    return whole.hexdigest()


def main(folder: Path) -> dict[str, Any]:
    """Write the tables back and say what is there."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "mizban.config.settings"
    os.environ["MIZBAN_DATA"] = str(folder / "scratch")
    os.environ.pop("DATABASE_URL", None)
    (folder / "scratch").mkdir(mode=0o700)
    import django  # noqa: PLC0415  # only after the environment is that of the scratch instance
    from django.apps import apps  # noqa: PLC0415  # the same
    from django.conf import settings  # noqa: PLC0415  # the same
    from django.core.management import call_command  # noqa: PLC0415  # the same

    django.setup()
    # The tables as they are now, without the way they came about: seconds less.
    settings.MIGRATION_MODULES = {each.label: None for each in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
    counts = {name: _written(folder / "tables" / f"{name}.jsonl") for name in ORDER}
    chains = list(_chains())
    return {
        "counts": counts,
        "heads": heads((code, head) for code, head, _ in chains),
        "broken": [code for code, _, is_whole in chains if not is_whole][:SHOWN],
    }


def _written(path: Path) -> int:
    from django.core import serializers  # noqa: PLC0415  # the same
    from django.db import transaction  # noqa: PLC0415  # the same

    count = 0
    with path.open(encoding="utf-8") as lines, transaction.atomic():
        rows = (row.object for row in serializers.deserialize("jsonl", lines))
        while chunk := list(islice(rows, CHUNK)):
            # As they are: neither a model's own `save` nor its manager has a say in a restore.
            type(chunk[0])._base_manager.bulk_create(chunk)  # noqa: SLF001  # Django's documented API
            count += len(chunk)
    return count


def _chains() -> Iterator[tuple[str, bytes, bool]]:
    """Of every case, by code: the head its events lead to, computed anew, and whether the row says the same."""
    from mizban.core.cases.models import Case  # noqa: PLC0415  # the same
    from mizban.core.events.chain import chain_start  # noqa: PLC0415  # the same
    from mizban.core.events.models import Event  # noqa: PLC0415  # the same

    rows = {pk: (code, bytes(head)) for pk, code, head in Case.objects.values_list("pk", "code", "head")}
    found = []
    events = Event.objects.order_by("subject_id", "number").iterator(chunk_size=500)
    for pk, chain in groupby(events, key=lambda event: event.subject_id):
        code, stored = rows[pk]
        head = chain_start(f"case {code}")
        for event in chain:
            head = event.chained_to(head)
        found.append((code, head, head == stored))
    return iter(sorted(found))


if __name__ == "__main__":
    json.dump(main(Path(sys.argv[1])), sys.stdout)
